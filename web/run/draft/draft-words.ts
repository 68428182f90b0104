import type { Analysis } from '../../../shared/contract/plan.ts';
import { plural } from '../../ui/format.ts';
import type { CallProgress, DraftProgress } from '../state/run-state.ts';

export interface StateWords {
  readonly words: string;
  readonly tone: '' | 'live' | 'ok' | 'warn' | 'bad';
}

/** A draft's state as a tag says it. */
export function stateInWords(progress: DraftProgress | undefined, busy: boolean): StateWords {
  const { draft, analysis, writing, writingFile, partial } = progress ?? {};
  if (writing !== undefined) return { words: writing > 1 ? 'writing again' : 'writing', tone: 'live' };
  if (writingFile !== undefined) return { words: 'writing its files', tone: 'live' };
  if (!draft) {
    if (busy) return { words: 'waiting', tone: '' };
    return partial
      ? { words: 'stopped while written', tone: 'warn' }
      : { words: 'not written', tone: 'warn' };
  }
  if (!analysis || analysis.digest !== draft.digest)
    return busy ? { words: 'analyzing', tone: 'live' } : { words: 'not analyzed', tone: 'warn' };
  return verdictInWords(analysis);
}

function verdictInWords({ verdict, findings }: Analysis): StateWords {
  const counted = findings.length === 0 ? 'no findings' : plural(findings.length, 'finding');
  switch (verdict) {
    case 'pass':
      return { words: counted, tone: 'ok' };
    case 'review':
      return { words: findings.length === 0 ? 'review' : `review · ${counted}`, tone: 'warn' };
    case 'block':
      return { words: `blocked · ${counted}`, tone: 'bad' };
  }
}

/** What the calls that wrote this item have put out. */
export function outputTokensOf(item: string, calls: readonly CallProgress[]): number {
  return calls.reduce(
    (sum, call) =>
      call.item === item && call.phase === 'drafting' ? sum + (call.usage?.outputTokens ?? 0) : sum,
    0,
  );
}
