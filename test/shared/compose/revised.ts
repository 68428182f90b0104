import type { ModelCall } from '../../../shared/compose/ask.ts';
import { runCompose } from './run-compose.ts';
import { createScriptedAsk, type Scripts } from './scripted-ask.ts';

export const SECOND =
  '# Better\n\n1. Read ledger.xlsx from the top, and stop at the first empty row.\n2. Write one reminder for each borrower.\n';

export const MUST = {
  notes: [
    { where: 'Step 2', text: 'Sends at once; confirm first', must: true },
    { where: 'Step 1', text: 'Name the sheet', must: false },
  ],
  specificity: 8,
  completeness: 8,
  safety: 8,
  goalAlignment: 8,
};

export const OLD = '2. Write remind-borrowers.md in the shape below.';

export const patches = (
  ...changes: readonly (readonly [note: number, ...patches: { old: string; new: string }[]])[]
) => JSON.stringify({ changes: changes.map(([note, ...list]) => ({ note, patches: list })) });

/** A run in which the critic says `first` of i2's first draft, and the model answers the revision so. */
export async function revised(first: object, answer: string, more: Scripts = () => undefined) {
  const model = createScriptedAsk((call) => {
    if (call.id === 'critic-i2-1') return { deltas: [JSON.stringify(first)] };
    if (call.id === 'revise-i2-2') return { deltas: [answer] };
    return more(call);
  });
  const run = await runCompose(model);
  return {
    run,
    ids: model.calls.filter(({ item }) => item === 'i2').map(({ id }) => id),
    call: (id: string): ModelCall | undefined => model.calls.find((call) => call.id === id),
    draft: run.of('draft').findLast(({ item }) => item === 'i2'),
    analysis: run.of('analysis').findLast(({ item }) => item === 'i2'),
    revisions: run.of('revision'),
  };
}
