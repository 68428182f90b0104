import { type ReactElement, useCallback, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Plan } from '../../../shared/contract/plan.ts';
import type { CallProgress, DraftProgress } from '../state/run-state.ts';
import type { RunStore } from '../state/run-store.ts';
import styles from './draft-tile.module.css';
import { DraftTile, warmDraftView } from './draft-tile.tsx';
import { outputTokensOf } from './draft-words.ts';
import { useTryTools } from './try/try-tools.ts';

interface DraftListProps {
  readonly store: RunStore;
  readonly plan: Plan;
  readonly drafts: Readonly<Record<string, DraftProgress>>;
  readonly calls: readonly CallProgress[];
  readonly busy: boolean;
}

/** A tile for each skill that the plan creates. */
export function DraftList({ store, plan, drafts, calls, busy }: DraftListProps): ReactElement | null {
  const subject = useTryTools()?.subject;
  const [open, setOpen] = useState<ReadonlySet<string>>(() => opened.get(plan) ?? new Set(subject));
  const printing = usePrinting();
  useEffect(() => void opened.set(plan, open), [plan, open]);
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
          open={printing || open.has(item.id)}
          onToggle={toggle}
        />
      ))}
    </section>
  );
}

/** What is open of a plan, for who comes back to the page. */
const opened = new WeakMap<Plan, ReadonlySet<string>>();

/** Paper has no previews: every draft is whole there. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    // At once: the picture for the printer is taken when the event is over.
    const begin = (): void => flushSync(() => setPrinting(true));
    const end = (): void => setPrinting(false);
    addEventListener('beforeprint', begin);
    addEventListener('afterprint', end);
    return () => {
      removeEventListener('beforeprint', begin);
      removeEventListener('afterprint', end);
    };
  }, []);
  return printing;
}

function toggled(known: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(known);
  if (!next.delete(id)) next.add(id);
  return next;
}
