import type { SkillDraft } from '../../../shared/contract/publish-draft.ts';

/** What was typed in one go is one step back. */
const TOGETHER_MS = 800;
const MAX_STEPS = 200;

export interface History {
  /** `before`: the draft as it was before a change of that field. */
  remember(item: string, before: SkillDraft, field: string): void;
  can(item: string, way: 'undo' | 'redo'): boolean;
  /** The draft to go to; undefined: there is none. */
  step(item: string, now: SkillDraft, way: 'undo' | 'redo'): SkillDraft | undefined;
}

/** Undo and redo, a stack for each skill, over all of its fields: a text field's own knows nothing of the others, nor of applied fixes. */
export function createHistory(now: () => number): History {
  const undo = new Map<string, SkillDraft[]>();
  const redo = new Map<string, SkillDraft[]>();
  let last = { item: '', field: '', at: Number.NEGATIVE_INFINITY };

  return {
    remember(item, before, field) {
      const at = now();
      const isSame = last.item === item && last.field === field && at - last.at < TOGETHER_MS;
      last = { item, field, at };
      redo.delete(item);
      if (isSame) return;
      const steps = undo.get(item) ?? [];
      undo.set(item, [...steps.slice(-MAX_STEPS + 1), before]);
    },
    can: (item, way) => ((way === 'undo' ? undo : redo).get(item) ?? []).length > 0,
    step(item, current, way) {
      const [from, to] = way === 'undo' ? [undo, redo] : [redo, undo];
      const next = from.get(item)?.pop();
      if (!next) return undefined;
      to.set(item, [...(to.get(item) ?? []), current]);
      last = { item: '', field: '', at: Number.NEGATIVE_INFINITY };
      return next;
    },
  };
}
