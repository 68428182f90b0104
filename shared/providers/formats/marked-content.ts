import type { ModelCall } from '../../compose/ask.ts';
import { markedParts, promptCacheOf } from '../prompt-cache.ts';
import type { Vendor } from '../vendor.ts';

const MARKS = {
  cache_control: { cache_control: { type: 'ephemeral' } },
  breakpoint: { prompt_cache_breakpoint: { mode: 'explicit' } },
} as const;

/** A user message's content: its text, or in two parts where the first is to be kept for other calls. */
export function userContent(
  vendor: Vendor,
  model: string,
  call: ModelCall,
  type: 'text' | 'input_text' = 'text',
): string | readonly object[] {
  const parts = markedParts(vendor, model, call);
  const mark = promptCacheOf(vendor, model)?.mark;
  if (!parts || (mark !== 'cache_control' && mark !== 'breakpoint')) return call.user;
  const [shared, own] = parts;
  return [
    { type, text: shared, ...MARKS[mark] },
    { type, text: own },
  ];
}

/** So that nothing is kept, and paid for, but what is marked. */
export function cacheOptions(vendor: Vendor, model: string): object {
  return promptCacheOf(vendor, model)?.mark === 'breakpoint'
    ? { prompt_cache_options: { mode: 'explicit' } }
    : {};
}
