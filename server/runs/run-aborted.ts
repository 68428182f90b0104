import type { Failure } from '../../shared/contract/failure.ts';

type AbortReason = 'left' | 'run_time' | 'key_gone' | 'shutdown';

/** Why a run's own AbortController was aborted. Compared by class and `why`, never by an error's text. */
export class RunAborted {
  readonly why: AbortReason;

  constructor(why: AbortReason) {
    this.why = why;
  }
}

/** That this process stops, which is no end of a run that can go on elsewhere. */
export function isShutdown({ reason }: AbortSignal): boolean {
  return reason instanceof RunAborted && reason.why === 'shutdown';
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
    case 'key_gone':
      return {
        code: 'key_missing',
        reason: 'key_gone',
        message:
          'The stored key was revoked while the run was on it, so it was ended at once. The drafts are kept: redo what is missing on another key.',
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
