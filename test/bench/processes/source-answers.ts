import { type PromptPhase, phaseOf } from '../../../server/sandbox/content/answer-prompt.ts';
import { promptOf, readRequest } from '../../../server/sandbox/read-prompt.ts';
import { fenced } from '../../../shared/compose/fence.ts';

export const NAMES = [
  'collect-merged-changes',
  'sort-by-audience',
  'write-weekly-notes',
  'check-every-link',
  'translate-short-notes',
  'post-for-review',
];
const numbered = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

function classification(items: number): object {
  return {
    kind: items === 1 ? 'single' : 'bundle',
    summary: 'Turn merged pull requests into weekly release notes',
    capabilities: numbered(items, (i) => ({
      id: `c${i + 1}`,
      need: `Do part ${i + 1} of the weekly release notes: ${NAMES[i]}`,
    })),
    constraints: [],
    assumptions: [],
  };
}

function plan(items: number): object {
  return {
    title: 'Weekly release notes',
    items: numbered(items, (i) => ({
      action: 'create',
      name: NAMES[i],
      description: `Does part ${i + 1} of the weekly release notes out of merged pull requests. Use when the user prepares the notes of a week.`,
      covers: [`c${i + 1}`],
      reason: 'It is asked for at another time than the others.',
      outline: ['Read the list', 'Write the lines', 'Check the result'],
      allowedTools: ['Read'],
      ref: null,
    })),
    uncovered: [],
  };
}

const CRITIQUE = { notes: [], specificity: 9, completeness: 9, safety: 9, goalAlignment: 9 };

/** What a call asks for. `whole` undefined: it wants a draft, as every call of a peer does. */
export function readCall(
  body: string,
  items: number,
): { readonly phase: PromptPhase; readonly item: string; readonly whole: string | undefined } {
  const read = readRequest(JSON.parse(body));
  const prompt = read.ok ? promptOf(read.request) : undefined;
  const phase = prompt ? phaseOf(prompt) : 'other';
  const item = /"name":"([\w-]+)"/.exec(fenced('item', prompt?.text ?? '') ?? '')?.[1] ?? '';
  const answers: Partial<Record<PromptPhase, () => object>> = {
    classification: () => classification(items),
    plan: () => plan(items),
    critique: () => CRITIQUE,
  };
  const whole = answers[phase]?.();
  return { phase, item, whole: whole && JSON.stringify(whole) };
}
