import { phaseOf } from '../../../server/sandbox/content/answer-prompt.ts';
import { promptOf, readRequest } from '../../../server/sandbox/read-prompt.ts';

const NAMES = ['collect-merged-changes', 'sort-by-audience', 'write-weekly-notes', 'check-every-link', 'translate-short-notes', 'post-for-review'];
const numbered = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index));

function classification(items: number): object {
  return {
    kind: items === 1 ? 'single' : 'bundle',
    summary: 'Turn merged pull requests into weekly release notes',
    capabilities: numbered(items, (i) => ({ id: `c${i + 1}`, need: `Do part ${i + 1} of the weekly release notes: ${NAMES[i]}` })),
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

/** The whole answer to a structured call; undefined: the call wants a draft, as every call of a peer does. */
export function structuredAnswer(body: string, items: number): string | undefined {
  const read = readRequest(JSON.parse(body));
  const phase = read.ok ? phaseOf(promptOf(read.request)) : 'other';
  if (phase === 'classification') return JSON.stringify(classification(items));
  if (phase === 'plan') return JSON.stringify(plan(items));
  return phase === 'critique' ? JSON.stringify(CRITIQUE) : undefined;
}
