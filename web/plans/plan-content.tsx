import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useEffect, useMemo, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { SavedPlan } from '../../shared/contract/saved-plan.ts';
import { DraftList } from '../run/draft/draft-list.tsx';
import { DraftToolsRegion } from '../run/draft/draft-tools.ts';
import { TryRegion } from '../run/draft/try/try-tools.ts';
import { PlanView } from '../run/plan-view.tsx';
import { nextFrame } from '../run/state/framed-value.ts';
import { missingOf } from '../run/state/missing.ts';
import { createRunStore } from '../run/state/run-store.ts';
import { KeyIcon } from '../ui/icons.tsx';
import { Menu } from '../ui/menu.tsx';
import { PlanFacts } from './plan-facts.tsx';
import { planToRun } from './plan-to-run.ts';
import styles from './plans.module.css';
import { publishDraftsQuery, publishPath } from './publish-drafts.ts';
import { RenameDialog } from './rename-dialog.tsx';
import { usePlanActions } from './use-plan-actions.ts';
import { usePlanTools } from './use-plan-tools.ts';
import { usePlanTries } from './use-plan-tries.ts';

/** A saved plan, drawn by the parts that draw a run's result. */
export function PlanContent({ plan }: { readonly plan: SavedPlan }): ReactElement {
  const [renaming, setRenaming] = useState(false);
  const { duplicate, remove, exportAs } = usePlanActions();
  const [, navigate] = useLocation();
  const isPublishing = useQuery(publishDraftsQuery).data?.has(plan.id) === true;
  const run = useMemo(() => planToRun(plan, []), [plan]);
  // Tiles ask it for text that streams; here none does.
  const store = useMemo(() => createRunStore({ now: Date.now, frame: nextFrame }), []);
  const missing = missingOf(run);
  const tools = usePlanTools(plan);
  const tries = usePlanTries(plan, run);
  useEffect(() => {
    document.title = `${plan.title} · Oneturn`;
  }, [plan.title]);

  return (
    <article className={`page ${styles['plan-page']}`}>
      <p className="small">
        <Link href="/me/plans">My plans</Link>
      </p>
      <header className={`sheet pad ${styles['plan-head']}`}>
        <div className="row titled">
          <h1 dir="auto">{plan.title}</h1>
          <span className="row actions aside">
            <Link className="plain strong" href={`/compose?plan=${plan.id}`}>
              {missing.length > 0 ? `Resume (${missing.length} to finish)` : 'Open in Compose'}
            </Link>
            {plan.drafts.length > 0 && (
              <Link className="plain" href={publishPath(plan.id)}>
                {isPublishing ? 'Resume publishing' : 'Publish'}
              </Link>
            )}
            <Menu
              items={[
                { label: 'Skills (ZIP)', onSelect: () => exportAs(plan, 'zip') },
                { label: 'One Markdown file', onSelect: () => exportAs(plan, 'markdown') },
                { label: 'JSON', onSelect: () => exportAs(plan, 'json') },
              ]}
            >
              Export
            </Menu>
            <Menu
              label="More actions"
              className={`plain ${styles['dots']}`}
              items={[
                { label: 'Rename', onSelect: () => setRenaming(true) },
                { label: 'Duplicate', onSelect: () => duplicate(plan) },
                {
                  label: 'Delete',
                  tone: 'bad',
                  onSelect: () => remove(plan, () => navigate('/me/plans', { replace: true })),
                },
              ]}
            >
              <span aria-hidden="true">···</span>
            </Menu>
          </span>
        </div>
        <PlanFacts plan={plan} missing={missing.length} />
        <details className="small" open={plan.goal.length < 400}>
          <summary>Goal</summary>
          <p className={styles['goal-text']} dir="auto">
            {plan.goal}
          </p>
        </details>
        {plan.origin.credentials === 'user' && (
          <p className={`small soft ${styles['key-line']}`}>
            <KeyIcon size={15} /> Made with a key of your own. Nothing of the key is here.
          </p>
        )}
      </header>
      {(plan.plan ?? plan.intent) && (
        <PlanView plan={plan.plan ?? undefined} intent={plan.intent ?? undefined} />
      )}
      {plan.plan && (
        <DraftToolsRegion value={tools}>
          <TryRegion value={tries}>
            <DraftList store={store} plan={plan.plan} drafts={run.drafts} calls={run.calls} busy={false} />
          </TryRegion>
        </DraftToolsRegion>
      )}
      {renaming && <RenameDialog plan={plan} onClose={() => setRenaming(false)} />}
    </article>
  );
}
