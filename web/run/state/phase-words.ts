import type { PhaseName } from '../../../shared/contract/phase.ts';
import type { PhaseProgress } from './run-state.ts';

const WORDS: Record<PhaseName, string> = {
  classifying: 'Classifying',
  planning: 'Planning',
  drafting: 'Drafting',
  analyzing: 'Analyzing',
};

/** `Drafting 2 of 4` while the second is being written; once nothing goes on, `Drafting 1 of 4`: how many there are. */
export function phaseInWords(name: PhaseName, { state, done, of }: PhaseProgress, busy: boolean): string {
  const counts = (name === 'drafting' || name === 'analyzing') && of > 0 && state !== 'waiting';
  if (!counts) return WORDS[name];
  const under = busy && name === 'drafting' && state !== 'done' ? 1 : 0;
  return `${WORDS[name]} ${Math.min(of, done + under)} of ${of}`;
}
