import { type ReactElement, useCallback, useEffect, useState } from 'react';
import type { Plan } from '../../../shared/contract/plan.ts';
import type { CallProgress, DraftProgress } from '../state/run-state.ts';
import type { RunStore } from '../state/run-store.ts';
import styles from './draft-tile.module.css';
import { DraftTile, warmDraftView } from './draft-tile.tsx';
import { outputTokensOf } from './draft-words.ts';

interface DraftListProps {
  readonly store: RunStore;
  readonly plan: Plan;
  readonly drafts: Readonly<Record<string, DraftProgress>>;
  readonly calls: readonly CallProgress[];
  readonly busy: boolean;
}

/** A tile for each skill that the plan creates. */
export function DraftList({ store, plan, drafts, calls, busy }: DraftListProps): ReactElement | null {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  // While the server is there for sure: a draft can then be opened whatever becomes of it.
  useEffect(warmDraftView, []);
  const toggle = useCallback((id: string) => setOpen((known) => toggled(known, id)), []);
  const created = plan.items.filter(({ action }) => action === 'create');
  if (created.length === 0) return null;
  return (
    <section className={styles['drafts']} aria-label="Drafts">
      {created.map((item) => (
        <DraftTile
          key={item.id}
          store={store}
          item={item}
          progress={drafts[item.id]}
          busy={busy}
          outputTokens={outputTokensOf(item.id, calls)}
          open={open.has(item.id)}
          onToggle={toggle}
        />
      ))}
    </section>
  );
}

function toggled(known: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(known);
  if (!next.delete(id)) next.add(id);
  return next;
}
