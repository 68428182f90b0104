import type { ReactElement } from 'react';
import { plural } from '../ui/format.ts';
import { currentPhase, type RunState } from './state/run-state.ts';

/** What screen readers are told of a run: its phases and ends, never tokens. `queued`: it waits for its turn on this server. */
export function Announcement({
  run,
  queued,
}: {
  readonly run: RunState;
  readonly queued: boolean;
}): ReactElement {
  return <>{queued ? 'Waiting in the queue.' : announcement(run)}</>;
}

function announcement(run: RunState): string {
  const written = Object.values(run.drafts).filter(({ draft }) => draft).length;
  switch (run.status) {
    case 'idle':
      return '';
    case 'preparing':
    case 'sent':
      return 'Run started.';
    case 'running':
      return phaseInSentence(run);
    case 'done':
      return `Done: ${plural(written, 'draft')}.`;
    case 'failed':
      return `Failed. ${plural(written, 'draft')} kept.`;
    case 'cancelled':
      return `Cancelled. ${plural(written, 'draft')} kept.`;
    case 'cut':
      return `Connection lost. ${plural(written, 'draft')} kept.`;
  }
}

function phaseInSentence(run: RunState): string {
  if (run.review)
    return run.review.touched
      ? 'The plan waits for you, for three minutes.'
      : 'The plan is there to be looked at. It is drafted in 20 seconds unless you touch it.';
  const { of, state } = run.phases.drafting;
  switch (currentPhase(run)) {
    case 'classifying':
      return 'Classifying the goal.';
    case 'planning':
      return 'Planning.';
    case 'drafting':
      return `Drafting ${plural(of, 'skill')}.`;
    case 'analyzing':
      // Drafts that are tried are there already.
      if (state === 'waiting') return 'Trying the drafts.';
      return state === 'done' ? 'Analyzing the drafts.' : `Drafting ${plural(of, 'skill')}.`;
    case undefined:
      return 'Run started.';
  }
}
