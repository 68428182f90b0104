import { formatSeconds, plural } from '../ui/format.ts';
import { adviseOn, type NextStep } from './failure-advice.ts';
import type { Missing } from './state/missing.ts';
import type { RunState } from './state/run-state.ts';

/** What stands in the panel of a run that is not simply done. */
export interface EndWords {
  readonly title: string;
  readonly message: string;
  readonly tone: 'bad' | 'calm';
  /** What the provider said of it. */
  readonly said?: readonly string[];
  readonly step?: NextStep;
}

export function endInWords(
  { status, failure, restored, plan, id, startedAt, endedAt, calls, intent }: RunState,
  missing: readonly Missing[],
): EndWords | undefined {
  switch (status) {
    case 'failed':
      return (
        failure && {
          ...adviseOn(failure),
          ...(intent?.kind === 'refused' ? { title: 'This will not be planned' } : {}),
          message: [intent?.reason, failure.message].filter((line) => line !== undefined).join('\n'),
          said: failure.said === undefined ? [] : [failure.said],
          tone: failure.reason === 'cap' ? 'calm' : 'bad',
        }
      );
    case 'cancelled':
      return {
        title: restored
          ? 'This run ended when the page was left'
          : `Cancelled after ${formatSeconds((endedAt ?? startedAt) - startedAt)}`,
        message: 'The connection to the provider was closed. Nothing was stored.',
        tone: 'calm',
      };
    case 'cut':
      return {
        title: 'The connection ended before the run did',
        message:
          id === undefined
            ? 'This page could not reach its server. See that it runs, then try again.'
            : 'The server stopped or the network went away. Without the connection the run ends, and so does the use of your key.',
        tone: 'bad',
      };
    case 'done':
      if (missing.length === 0 || !plan) return undefined;
      return {
        title: `${plural(missing.length, 'draft')} to finish`,
        message: missing.map((item) => `${item.name}: ${reasonOf(item, calls)}`).join('\n'),
        said: [...new Set(missing.map((item) => failedCall(item, calls)?.error?.said))].filter(isSaid),
        tone: 'calm',
      };
    default:
      return undefined;
  }
}

const MISSING_WORDS = {
  draft: 'not written.',
  files: 'its files are not all written.',
  analysis: 'not scored.',
} as const satisfies Record<Missing['what'], string>;

/** Why an item is missing: what the last of its calls failed with. */
function reasonOf({ id, what }: Missing, calls: RunState['calls']): string {
  return failedCall({ id }, calls)?.error?.message ?? MISSING_WORDS[what];
}

function failedCall(
  { id }: Pick<Missing, 'id'>,
  calls: RunState['calls'],
): RunState['calls'][number] | undefined {
  return calls.findLast(({ item, error }) => item === id && error);
}

function isSaid(said: string | undefined): said is string {
  return said !== undefined;
}

export function keptInWords({ plan, drafts }: RunState): string {
  const written = Object.values(drafts).filter(({ draft }) => draft).length;
  if (!plan) return 'Your goal is kept.';
  return written === 0
    ? 'The goal and the plan are kept in this tab.'
    : `The goal, the plan and ${plural(written, 'draft')} are kept in this tab.`;
}
