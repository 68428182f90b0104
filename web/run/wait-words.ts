import { plural } from '../ui/format.ts';
import type { RunState } from './state/run-state.ts';

/** Why nothing seems to happen: what waits for the provider's rate limit, and until when. Undefined while something goes on. */
export function waitInWords({ calls, asked, startedAt }: RunState, now: number): string | undefined {
  if (calls.some(({ state }) => state === 'start')) return undefined;
  const ends = calls.filter(({ state }) => state === 'waiting').map(({ waitUntilMs = 0 }) => waitUntilMs);
  if (ends.length === 0) return undefined;
  const seconds = Math.ceil((startedAt + Math.min(...ends) - now) / 1000);
  const next = seconds > 0 ? `goes on in ${seconds} s` : 'goes on';
  return `${asked?.providerName ?? 'The provider'} limits how often it may be asked. ${plural(ends.length, 'call')} waiting; the run ${next}.`;
}
