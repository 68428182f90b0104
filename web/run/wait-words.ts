import { plural } from '../ui/format.ts';
import type { RunState } from './state/run-state.ts';

/**
 * Why nothing seems to happen: what waits for the provider's rate limit, or for the provider to load its model, and until when. Undefined
 * while something goes on.
 */
export function waitInWords({ calls, asked, startedAt }: RunState, now: number): string | undefined {
  const going = calls.filter(({ state }) => state === 'start');
  const silent = going.flatMap(({ loadingUntilMs }) => loadingUntilMs ?? []);
  if (silent.length > 0 && silent.length === going.length)
    return loadingInWords(asked?.providerName, startedAt + Math.max(...silent) - now);
  if (going.length > 0) return undefined;
  const ends = calls.filter(({ state }) => state === 'waiting').map(({ waitUntilMs = 0 }) => waitUntilMs);
  if (ends.length === 0) return undefined;
  const seconds = Math.ceil((startedAt + Math.min(...ends) - now) / 1000);
  const next = seconds > 0 ? `goes on in ${seconds} s` : 'goes on';
  return `${asked?.providerName ?? 'The provider'} limits how often it may be asked. ${plural(ends.length, 'call')} waiting; the run ${next}.`;
}

/** It says nothing of what it does: it may also be reading a long prompt. */
function loadingInWords(name = 'The provider', leftMs: number): string {
  const left = leftMs > 0 ? ` It is given ${formatWait(Math.ceil(leftMs / 1000))} more.` : '';
  return `${name} has not begun to answer: it is loading the model, or reading the prompt.${left}`;
}

function formatWait(seconds: number): string {
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} minutes`;
}
