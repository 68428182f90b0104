import { type ReactElement, useEffect, useRef, useState } from 'react';
import type { Intent, Plan, PlanItem } from '../../../shared/contract/plan.ts';
import { useToast } from '../../ui/toast.tsx';
import { ItemEditor } from './item-editor.tsx';
import {
  addItem,
  changeItem,
  dropItem,
  mergeIntoAbove,
  moveItem,
  type Offer,
  reuseInstead,
  writeInstead,
} from './plan-edits.ts';
import styles from './review.module.css';
import { insertItem, undoChange } from './take-back.ts';

interface PlanEditorProps {
  readonly plan: Plan;
  readonly intent: Intent | undefined;
  readonly offers: readonly Offer[];
  readonly onPlan: (change: (plan: Plan) => Plan) => void;
}

/** The skills of a plan, to be changed before they are written. */
export function PlanEditor({ plan, intent, offers, onPlan }: PlanEditorProps): ReactElement {
  const toast = useToast();
  const list = useRef<HTMLUListElement>(null);
  // What changes a skill from outside of its fields gives it new ones.
  const [version, setVersion] = useState(0);
  /** Where the focus goes, since the button that had it is another one now, or gone. */
  const [focus, setFocus] = useState<{ readonly id: string | undefined }>();
  useEffect(() => {
    const item = list.current?.querySelector<HTMLElement>(`[data-item="${focus?.id}"]`);
    (item?.querySelector('input') ?? item)?.focus();
  }, [focus]);

  const needOf = new Map(intent?.capabilities.map(({ id, need }) => [id, need]));
  const replace = (change: (before: Plan) => Plan): void => {
    onPlan(change);
    setVersion((before) => before + 1);
  };
  const add = (need?: Plan['uncovered'][number]): void => {
    replace((before) => addItem(before, need));
    setFocus({ id: addItem(plan, need).items.at(-1)?.id });
  };
  const drop = (item: PlanItem): void => {
    const at = plan.items.indexOf(item);
    replace((before) => dropItem(before, item.id));
    setFocus({ id: (plan.items[at + 1] ?? plan.items[at - 1])?.id });
    toast({ text: `Dropped ${item.name}.`, undo: () => replace((now) => insertItem(now, item, at)) });
  };
  /** An item becomes another one; taking that back leaves what else was changed since, of it and of the others. */
  const become = (id: string, change: (before: Plan) => Plan, text: string): void => {
    const find = (from: Plan): PlanItem | undefined => from.items.find((item) => item.id === id);
    const [before, after] = [find(plan), find(change(plan))];
    replace(change);
    if (before && after) toast({ text, undo: () => replace((now) => undoChange(now, before, after)) });
  };
  const merge = (id: string): void => {
    const at = plan.items.findIndex((item) => item.id === id);
    const [above, item] = [plan.items[at - 1], plan.items[at]];
    const merged = mergeIntoAbove(plan, id).items[at - 1];
    if (!above || !item || !merged) return;
    replace((before) => mergeIntoAbove(before, id));
    setFocus({ id: above.id });
    const undo = (now: Plan): Plan => insertItem(undoChange(now, above, merged), item, at);
    toast({ text: `Merged ${item.name} into the one above.`, undo: () => replace(undo) });
  };
  return (
    <>
      <ul className={styles['items']} ref={list}>
        {plan.items.map((item, at) => (
          <ItemEditor
            key={`${item.id}:${version}`}
            item={item}
            first={at === 0}
            last={at === plan.items.length - 1}
            needs={item.covers.map((id) => needOf.get(id) ?? id).join('; ')}
            offers={offers}
            onChange={(id, change) => onPlan((before) => changeItem(before, id, change))}
            onMove={(id, by) => onPlan((before) => moveItem(before, id, by))}
            onMerge={merge}
            onReuse={(id, offer) =>
              become(id, (before) => reuseInstead(before, id, offer), `Reuses ${offer.name} instead.`)
            }
            onWrite={(id) =>
              become(id, (before) => writeInstead(before, id), `${item.name} is written anew.`)
            }
            onDrop={drop}
          />
        ))}
      </ul>
      {plan.uncovered.map((need) => (
        <div className={styles['uncovered']} key={need.capability}>
          <p className="small">
            <span className="tag warn">not covered</span> {need.need}{' '}
            <span className="soft">{need.reason}</span>
          </p>
          <button type="button" className="plain" onClick={() => add(need)}>
            Write a skill for it
          </button>
        </div>
      ))}
      <button type="button" className={`plain ${styles['add']}`} onClick={() => add()}>
        Add a skill
      </button>
    </>
  );
}
