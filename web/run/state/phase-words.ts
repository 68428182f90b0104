import type { PhaseName } from '../../../shared/contract/phase.ts';
import { writingNow } from './phase-part.ts';
import { isBusy, type RunState } from './run-state.ts';

const WORDS: Record<PhaseName, string> = {
  classifying: 'Classifying',
  planning: 'Planning',
  drafting: 'Drafting',
  analyzing: 'Analyzing',
};

/** `Writing 3 · 0 done` while drafts are written; `Drafting 1 of 4` once nothing goes on: how many there are. */
export function phaseInWords(name: PhaseName, run: RunState): string {
  const { state, done, of } = run.phases[name];
  const counts = (name === 'drafting' || name === 'analyzing') && of > 0 && state !== 'waiting';
  if (!counts) return WORDS[name];
  const writing = name === 'drafting' && isBusy(run.status) && state !== 'done' ? writingNow(run) : 0;
  return writing > 0 ? `Writing ${writing} · ${done} done` : `${WORDS[name]} ${done} of ${of}`;
}
