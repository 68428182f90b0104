import { type ReactElement, useCallback, useState } from 'react';
import { isBusy, type RunState } from '../run-state.ts';
import type { RunStore } from '../run-store.ts';
import { DraftTile } from './draft-tile.tsx';
import { outputTokensOf } from './draft-words.ts';
import { type EndActions, EndPanel } from './end-panel.tsx';
import { FootBar } from './foot-bar.tsx';
import { PlanView } from './plan-view.tsx';
import { ReceiptCard } from './receipt-card.tsx';
import { RunActions } from './run-actions.tsx';
import { RunHead } from './run-head.tsx';
import { Timeline } from './timeline.tsx';

interface RunViewProps {
  readonly run: RunState;
  readonly store: RunStore;
  readonly onCancel: () => void;
  readonly actions: EndActions;
}

/** The answer: progress, what went wrong if anything did, the plan, the drafts, where time and money went, the receipt. */
export function RunView({ run, store, onCancel, actions }: RunViewProps): ReactElement {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback((id: string) => setOpen((known) => toggled(known, id)), []);
  const busy = isBusy(run.status);
  const created = run.plan?.items.filter(({ action }) => action === 'create') ?? [];

  return (
    <>
      <RunHead run={run} onCancel={onCancel} actions={<RunActions run={run} store={store} />} />
      {!busy && <EndPanel run={run} actions={actions} />}
      {(run.plan ?? run.intent) && <PlanView plan={run.plan} intent={run.intent} />}
      {created.length > 0 && (
        <section className="drafts" aria-label="Drafts">
          {created.map((item) => (
            <DraftTile
              key={item.id}
              store={store}
              item={item}
              progress={run.drafts[item.id]}
              busy={busy}
              outputTokens={outputTokensOf(item.id, run.calls)}
              open={open.has(item.id)}
              onToggle={toggle}
            />
          ))}
        </section>
      )}
      {/* Not before the plan: what comes above it later would push it down. */}
      {run.calls.length > 0 && (run.plan ?? !busy) && <Timeline run={run} />}
      {run.receipt && <ReceiptCard envelope={run.receipt} />}
      {busy && <FootBar run={run} onCancel={onCancel} />}
    </>
  );
}

function toggled(known: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(known);
  if (!next.delete(id)) next.add(id);
  return next;
}
