import type { ModelCall } from '../compose/ask.ts';
import { estimateTokens } from '../compose/calls/estimate-tokens.ts';
import type { Failure } from '../contract/failure.ts';
import { schemaRule } from './formats/schema-rule.ts';
import type { OptionalField, Terms } from './terms.ts';
import type { Vendor } from './vendor.ts';

/** Fewer tokens are too few for a plan or a skill. */
const LEAST_OUTPUT_TOKENS = 1024;
/** A prompt's tokens are an estimate, and a request that exceeds the minute's allowance by a little would be refused. */
const PROMPT_MARGIN = 1.1;

/** The part of the terms that other runs may use too: what a server and a model accept, and nothing of a key's plan. */
export function sharedTerms({ minute: _minute, ...terms }: Terms): Terms {
  return terms;
}

/** Lowers a call's output limit so that prompt and output fit into the model's context. */
export function withinContext(call: ModelCall, contextTokens: number | null): ModelCall {
  if (contextTokens === null) return call;
  const room = Math.max(LEAST_OUTPUT_TOKENS, Math.floor(contextTokens - promptTokens(call)));
  return room < call.maxOutputTokens ? { ...call, maxOutputTokens: room } : call;
}

/** Terms for a call within a minute's allowance that an earlier call of the same run learned. */
export function withinMinute(call: ModelCall, terms: Terms, tokens: number | undefined): Terms {
  if (tokens === undefined) return terms;
  const outputTokens = Math.max(LEAST_OUTPUT_TOKENS, Math.floor(tokens - promptTokens(call)));
  return { ...terms, minute: { tokens, outputTokens } };
}

/** Estimates high. The schema may be in the prompt, too. */
function promptTokens({ system, user, schema }: ModelCall): number {
  return estimateTokens(system + user + (schema ? JSON.stringify(schema.json) : '')) * PROMPT_MARGIN;
}

/** Applies the terms to the vendor and the call. */
export function onTerms(vendor: Vendor, call: ModelCall, terms: Terms): readonly [Vendor, ModelCall] {
  const { schema, ...bare } = call;
  const asked =
    schema && terms.structured === 'prompt'
      ? { ...bare, system: call.system + schemaRule(schema.json) }
      : call;
  const { effort, ...effortless } = asked;
  const left = terms.omit.includes('effort') ? effortless : { ...effortless, effort };
  return [vendorOn(vendor, terms), { ...left, maxOutputTokens: outputTokensOf(call, terms) }];
}

function outputTokensOf({ maxOutputTokens }: ModelCall, { maxOutputTokens: most, minute }: Terms): number {
  return Math.min(maxOutputTokens, most ?? maxOutputTokens, minute?.outputTokens ?? maxOutputTokens);
}

function vendorOn(vendor: Vendor, terms: Terms): Vendor {
  return wireOn(terms.omit.includes('prompt_cache') ? { ...vendor, promptCache: [] } : vendor, terms);
}

const NO_MODEL = /(?!)/;

function wireOn(vendor: Vendor, { structured, omit, otherMaxField }: Terms): Vendor {
  if (vendor.format === 'responses') {
    const { responses } = vendor;
    return {
      ...vendor,
      responses: {
        ...responses,
        ...(structured === 'json_object' && { structured, schemaInPrompt: true }),
        // JSON has no undefined: the field is left out.
        ...(omit.includes('store') && { extra: { ...responses.extra, store: undefined } }),
      },
    };
  }
  if (vendor.format === 'gemini')
    return omit.includes('reasoning') ? { ...vendor, gemini: { thinks: NO_MODEL } } : vendor;
  if (vendor.format !== 'openai') return vendor;
  const { chat } = vendor;
  const { store: _store, ...unstored } = chat.extra;
  const swap = (field: typeof chat.maxTokens): typeof chat.maxTokens =>
    field === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens';
  return {
    ...vendor,
    chat: {
      ...chat,
      ...(structured === 'json_object' && { structured }),
      ...(omit.includes('stream_options') && { streamOptions: undefined }),
      ...(omit.includes('store') && { extra: unstored }),
      ...(omit.includes('reasoning') && { extraOf: [] }),
      ...(otherMaxField && {
        maxTokens: swap(chat.maxTokens),
        maxTokensOf: (chat.maxTokensOf ?? []).map((one) => ({ ...one, field: swap(one.field) })),
      }),
    },
  };
}

/** Weaker terms after a refusal, which costs nothing; undefined when nothing is left to give up, or the refusal is about something else. */
export function weaker(
  vendor: Vendor,
  call: ModelCall,
  terms: Terms,
  { reason, said = '' }: Failure,
): Terms | undefined {
  if (reason === 'minute_limit') return fitMinute(call, terms, said);
  if (reason === 'output_limit') return lessOutput(call, terms, said);
  if (reason !== 'bad_request') return undefined;
  const ways = waysLeft(vendor, call, terms);
  // A vendor of the catalogue names what it refuses. Self-hosted servers often do not.
  const unnamed = vendor.fixedOrigin || vendor.site ? undefined : ways[0];
  return (ways.find(({ words }) => words.test(said)) ?? unnamed)?.terms;
}

/** The order in which fields are given up when a refusal names none. */
function waysLeft(
  vendor: Vendor,
  call: ModelCall,
  terms: Terms,
): readonly { readonly words: RegExp; readonly terms: Terms }[] {
  const chat = vendor.format === 'openai' ? vendor.chat : undefined;
  const without = (field: OptionalField): Terms => ({ ...terms, omit: [...terms.omit, field] });
  const { structured } = vendor.format === 'responses' ? vendor.responses : { structured: chat?.structured };
  const object = structured === 'json_schema' && terms.structured === undefined;
  // At OpenAI itself a response is kept where the field is missing.
  const stores = vendor.format === 'responses' ? !vendor.fixedOrigin : chat && 'store' in chat.extra;
  // Whether thoughts are to be told; how long it may think is `effort`.
  const reasons = chat?.extraOf ?? (vendor.format === 'gemini' ? [vendor] : []);
  return [
    ...(call.effort && !terms.omit.includes('effort')
      ? [{ words: /effort|reasoning|thinking_?level/i, terms: without('effort') }]
      : []),
    ...(vendor.promptCache && !terms.omit.includes('prompt_cache')
      ? [{ words: /cache_?(?:control|point)|prompt_cache/i, terms: without('prompt_cache') }]
      : []),
    ...(call.schema && terms.structured !== 'prompt'
      ? [
          {
            words: /response_?format|json|schema|structured|output_config|grammar/i,
            terms: { ...terms, structured: object ? ('json_object' as const) : ('prompt' as const) },
          },
        ]
      : []),
    ...(chat?.streamOptions && !terms.omit.includes('stream_options')
      ? [{ words: /stream_options|include_usage|include_obfuscation/i, terms: without('stream_options') }]
      : []),
    ...(stores && !terms.omit.includes('store') ? [{ words: /\bstore\b/i, terms: without('store') }] : []),
    ...(reasons.length > 0 && !terms.omit.includes('reasoning')
      ? [{ words: /reasoning|thinking|thoughts?\b/i, terms: without('reasoning') }]
      : []),
    ...(chat && !terms.otherMaxField
      ? [{ words: /max_(?:completion_)?tokens/i, terms: { ...terms, otherMaxField: true } }]
      : []),
  ];
}

/** Here the output had no room at all, and a smaller limit would leave even less. */
const RAN_OUT = /limit was reached|higher max_tokens/i;

/** As much as the refusal's own numbers allow, else half. */
function lessOutput(call: ModelCall, terms: Terms, said: string): Terms | undefined {
  if (RAN_OUT.test(said)) return undefined;
  const asked = outputTokensOf(call, terms);
  const named = [...said.matchAll(/(?<![\w.-])\d{3,6}(?![\w-])/g)].map(Number).filter((one) => one < asked);
  const maxOutputTokens = named.length > 0 ? Math.max(...named) : Math.floor(asked / 2);
  return maxOutputTokens >= LEAST_OUTPUT_TOKENS ? { ...terms, maxOutputTokens } : undefined;
}

/** The prompt counts too: the minute's rest is computed from the refusal's own numbers. */
function fitMinute(call: ModelCall, terms: Terms, said: string): Terms | undefined {
  const asked = outputTokensOf(call, terms);
  const [, limit, requested] = /\blimit:? (\d{3,9}).{0,60}\brequested:? (\d{3,9})/i.exec(said) ?? [];
  const tokens = Number(limit);
  const outputTokens = tokens - (Number(requested) - asked);
  return outputTokens >= LEAST_OUTPUT_TOKENS && outputTokens < asked
    ? { ...terms, minute: { tokens, outputTokens } }
    : undefined;
}
