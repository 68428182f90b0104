import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { PlanSummary } from '../../shared/contract/saved-plan.ts';
import { useServerConfig } from '../config/server-config.ts';
import { formatDayAndTime } from '../ui/dates.ts';
import { formatAgo, plural } from '../ui/format.ts';
import { Menu } from '../ui/menu.tsx';
import { originInWords, outcomeInWords } from './plan-words.ts';
import styles from './plans.module.css';
import { publishDraftsQuery, publishPath } from './publish-drafts.ts';
import { RenameDialog } from './rename-dialog.tsx';
import { usePlanActions } from './use-plan-actions.ts';

/** One saved plan: what it is, where it came from, and what can be done with it. */
export function PlanRow({ plan }: { readonly plan: PlanSummary }): ReactElement {
  const isPublishing = useQuery(publishDraftsQuery).data?.has(plan.id) === true;
  const [renaming, setRenaming] = useState(false);
  const { duplicate, remove, exportAs } = usePlanActions();
  const { data } = useServerConfig();
  const row = useRef<HTMLLIElement>(null);
  const outcome = outcomeInWords(plan.outcome);

  const removeThis = (): void => {
    // The row goes at once: the focus moves to the next one, or to the page's title.
    const neighbour = row.current?.nextElementSibling ?? row.current?.previousElementSibling;
    const target = neighbour?.querySelector<HTMLElement>('a') ?? document.getElementById('plans-title');
    target?.focus();
    remove(plan);
  };
  return (
    <li className={styles['plan-row']} data-testid="plan-row" ref={row}>
      <div className={styles['plan-main']}>
        <h2 dir="auto">
          <Link href={`/me/plans/${plan.id}`}>{plan.title}</Link>
        </h2>
        <p className={`soft small ${styles['goal-line']}`} dir="auto">
          {plan.goal}
        </p>
        <p className="row small soft num">
          {outcome && <span className="tag warn">{outcome}</span>}
          <span>{plural(plan.drafts, 'draft')}</span>
          {isPublishing && <Link href={publishPath(plan.id)}>Resume publishing</Link>}
          <span>{originInWords(plan.origin, data?.config)}</span>
          <time dateTime={plan.updatedAt} title={formatDayAndTime(plan.updatedAt)}>
            {formatAgo(Date.now() - Date.parse(plan.updatedAt))}
          </time>
        </p>
      </div>
      <Menu
        label={`Actions for ${plan.title}`}
        className={`plain ${styles['dots']}`}
        items={[
          { label: 'Resume in Compose', href: `/compose?plan=${plan.id}` },
          ...(plan.drafts > 0
            ? [{ label: isPublishing ? 'Resume publishing' : 'Publish', href: publishPath(plan.id) }]
            : []),
          { label: 'Rename', onSelect: () => setRenaming(true) },
          { label: 'Duplicate', onSelect: () => duplicate(plan) },
          { label: 'Export skills (ZIP)', onSelect: () => exportAs(plan, 'zip') },
          { label: 'Export Markdown', onSelect: () => exportAs(plan, 'markdown') },
          { label: 'Export JSON', onSelect: () => exportAs(plan, 'json') },
          { label: 'Delete', tone: 'bad', onSelect: removeThis },
        ]}
      >
        <span aria-hidden="true">···</span>
      </Menu>
      {renaming && <RenameDialog plan={plan} onClose={() => setRenaming(false)} />}
    </li>
  );
}
