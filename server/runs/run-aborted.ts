import type { Failure } from '../../shared/contract/failure.ts';

/** Why a run's own AbortController was aborted. Compared by class and `why`, never by an error's text. */
export class RunAborted {
  readonly why: 'left' | 'run_time' | 'shutdown';

  constructor(why: 'left' | 'run_time' | 'shutdown') {
    this.why = why;
  }
}

/** What the client is told, if it still listens. */
export function runAbortedFailure({ why }: RunAborted): Failure {
  switch (why) {
    case 'left':
      return { code: 'cancelled', message: 'The run was cancelled. What was written is kept in the tab.' };
    case 'run_time':
      return {
        code: 'provider_timeout',
        reason: 'run_time',
        message:
          'The run reached this server’s time limit and was ended. The drafts are kept: redo what is missing.',
      };
    case 'shutdown':
      return {
        code: 'internal',
        reason: 'shutdown',
        message:
          'This server is stopping, so it ended the run. The drafts are kept: redo what is missing in a moment.',
      };
  }
}
