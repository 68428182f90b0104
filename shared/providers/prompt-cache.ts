import type { ModelCall } from '../compose/ask.ts';
import { estimateTokens } from '../compose/calls/estimate-tokens.ts';
import type { PromptCache, Vendor } from './vendor.ts';

/** Claude's, by version; the newest first. Source: platform.claude.com, "Prompt caching". */
export const CLAUDE_CACHE = [
  { model: /(?:opus|fable|mythos)-5/, leastTokens: 512 },
  { model: /opus-4-7/, leastTokens: 2048 },
  { model: /opus-4-[56]|haiku/, leastTokens: 4096 },
  { model: /claude/, leastTokens: 1024 },
] as const;

/** OpenAI's. Source: developers.openai.com, "Prompt caching". */
export const OPENAI_CACHE: readonly PromptCache[] = [
  { model: /gpt-(?:5\.(?:[6-9]|\d\d)|[6-9]|\d\d)/, leastTokens: 1024, mark: 'breakpoint' },
  { model: /gpt-(?:4o|4\.1|5)|^o\d/, leastTokens: 1024, mark: 'by-itself' },
];

/** How that model's vendor keeps beginnings; undefined: not known to. */
export function promptCacheOf({ promptCache = [] }: Vendor, model: string): PromptCache | undefined {
  return promptCache.find((one) => one.model.test(model));
}

/** Whether that vendor keeps the beginning that this call shares with others. */
export function keepsShared(vendor: Vendor, model: string, call: ModelCall): boolean {
  const cache = promptCacheOf(vendor, model);
  if (!cache || call.sharedChars === undefined) return false;
  return estimateTokens(call.system + call.user.slice(0, call.sharedChars)) >= cache.leastTokens;
}

/** The user's message in two, where the vendor wants to be told which part of it to keep. */
export function markedParts(
  vendor: Vendor,
  model: string,
  call: ModelCall,
): readonly [shared: string, own: string] | undefined {
  if (promptCacheOf(vendor, model)?.mark === 'by-itself' || !keepsShared(vendor, model, call))
    return undefined;
  return [call.user.slice(0, call.sharedChars), call.user.slice(call.sharedChars)];
}
