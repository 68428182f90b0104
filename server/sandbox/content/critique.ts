import type { Note, Scores } from '../../../shared/contract/plan.ts';
import { EXAMPLE_HEADINGS } from './draft.ts';
import { contentWords, hash, stem } from './text.ts';

export interface Critique extends Scores {
  readonly notes: readonly Note[];
}

interface Trait {
  readonly of: keyof Scores;
  readonly has: (draft: string) => boolean;
  /** What its absence costs, and the note that goes with it. */
  readonly points: number;
  readonly note: string;
  /** The heading or part that the note is about. */
  readonly where: string;
  /** Its absence does harm. */
  readonly must?: boolean;
}

const section = (titles: readonly string[]): RegExp => new RegExp(`^## (?:${titles.join('|')})$`, 'm');
const EXAMPLE = section(EXAMPLE_HEADINGS);

const TRAITS: readonly Trait[] = [
  {
    of: 'specificity',
    has: (draft) => EXAMPLE.test(draft),
    points: 3,
    note: 'There is no example of a request and the first answer to it; add a short one in the user’s own words.',
    where: 'Example',
  },
  {
    of: 'specificity',
    has: (draft) => !/\b(?:as appropriate|as needed|be careful|and so on|various)\b/i.test(draft),
    points: 1,
    note: 'Some steps say "as needed" and leave the choice open; name the rule that decides.',
    where: 'Steps',
  },
  {
    of: 'completeness',
    has: (draft) => /```/.test(draft),
    points: 2,
    note: 'The shape of the result is missing; add a template in a code block.',
    where: 'Output',
  },
  {
    of: 'completeness',
    has: (draft) => (draft.match(/^\d+\. /gm) ?? []).length >= 4,
    points: 3,
    note: 'The procedure has fewer than four numbered steps; say what to look at, do and have afterwards in each.',
    where: 'Steps',
  },
  {
    of: 'completeness',
    has: (draft) => /- \[ \] /.test(draft),
    points: 2,
    note: 'There is no checklist that can fail; list what to compare the result with.',
    where: 'Check',
  },
  {
    of: 'safety',
    has: (draft) => !/\b(?:sudo|rm -rf|--force|ignore (?:all|any|previous))\b/i.test(draft),
    points: 5,
    note: 'A step does something that cannot be undone without asking; show it first and wait for a yes.',
    where: 'Steps',
    must: true,
  },
  {
    of: 'safety',
    has: (draft) => /\b(?:ask|confirm|yes|approv|never|invent)/i.test(draft),
    points: 2,
    note: 'No step says when to stop and ask; add the one where a wrong guess costs most.',
    where: 'Steps',
  },
];

const ASSUMES = 'When the user has no answer, state an assumption and go on.';
/** What costs no points: a note with its change, for the user to take or to leave. */
const SUGGESTION: Note = {
  where: 'Example',
  text: 'An assumption that is only said in passing gets lost; list them at the end of the result.',
  must: false,
  patch: {
    old: ASSUMES,
    new: 'When the user has no answer, state an assumption, go on, and list it at the end of the result.',
  },
};

/** Scores and notes from what the draft has and lacks; the rest of a point is chance that the draft itself decides. `task`: what the skill is for. */
export function critiqueDraft(task: string, draft: string): Critique {
  const seed = hash(draft);
  const missing = TRAITS.filter(({ has }) => !has(draft));
  const lost = (of: keyof Scores): number =>
    missing.filter((trait) => trait.of === of).reduce((sum, { points }) => sum + points, 0);
  const score = (of: keyof Scores, best: number, salt: number): number =>
    Math.min(10, Math.max(0, best - lost(of) - ((seed >>> salt) % 2)));

  const wanted = contentWords(task).slice(0, 16).map(stem);
  const told = new Set(contentWords(draft).map(stem));
  const named = wanted.length === 0 ? 1 : wanted.filter((word) => told.has(word)).length / wanted.length;
  const alignment = named >= 0.5 ? 10 : Math.round(4 + 10 * named);
  const notes = missing.map(({ note, where, must = false }): Note => ({ where, text: note, must }));
  if (alignment < 8)
    notes.push({
      where: 'The whole',
      text: 'Most words of the task do not occur in the draft; take over the user’s own names, files and limits.',
      must: false,
    });
  if (draft.split(ASSUMES).length === 2) notes.push(SUGGESTION);
  return {
    notes: notes.slice(0, 6),
    specificity: score('specificity', 9, 3),
    completeness: score('completeness', 10, 5),
    safety: score('safety', 10, 7),
    goalAlignment: Math.max(0, alignment - ((seed >>> 9) % 2)),
  };
}
