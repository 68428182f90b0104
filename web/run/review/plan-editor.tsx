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
    toast({ text: `Dropped ${item.name}.`, undo: () => replace(() => plan) });
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
            onMerge={(id) => {
              replace((before) => mergeIntoAbove(before, id));
              setFocus({ id: plan.items[at - 1]?.id });
              toast({ text: `Merged ${item.name} into the one above.`, undo: () => replace(() => plan) });
            }}
            onReuse={(id, offer) => replace((before) => reuseInstead(before, id, offer))}
            onWrite={(id) => replace((before) => writeInstead(before, id))}
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
