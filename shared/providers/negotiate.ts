import type { ModelCall } from '../compose/ask.ts';
import type { Failure } from '../contract/failure.ts';
import { schemaRule } from './schema-rule.ts';
import type { Vendor } from './vendor.ts';

/** What a server is asked without, or for less of, since it refused more. */
export interface Terms {
  /** Absent: as the vendor's data has it. `prompt`: only the prompt asks for JSON. */
  readonly structured?: 'json_object' | 'prompt';
  readonly omit: readonly Optional[];
  /** The other one of `max_tokens` and `max_completion_tokens`. */
  readonly otherMaxField?: boolean;
  readonly maxOutputTokens?: number;
}

type Optional = 'stream_options' | 'store';

export const FULL_TERMS: Terms = { omit: [] };
/** Less is too little for a plan or a skill. */
const LEAST_OUTPUT_TOKENS = 1024;

/** The vendor and the call on those terms. */
export function onTerms(vendor: Vendor, call: ModelCall, terms: Terms): readonly [Vendor, ModelCall] {
  const { schema, ...bare } = call;
  const asked =
    schema && terms.structured === 'prompt'
      ? { ...bare, system: call.system + schemaRule(schema.json) }
      : call;
  const maxOutputTokens = Math.min(call.maxOutputTokens, terms.maxOutputTokens ?? call.maxOutputTokens);
  return [vendorOn(vendor, terms), { ...asked, maxOutputTokens }];
}

function vendorOn(vendor: Vendor, { structured, omit, otherMaxField }: Terms): Vendor {
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
      ...(otherMaxField && {
        maxTokens: swap(chat.maxTokens),
        maxTokensOf: (chat.maxTokensOf ?? []).map((one) => ({ ...one, field: swap(one.field) })),
      }),
    },
  };
}

/** Weaker terms after a refusal, which cost nothing; undefined when nothing is left, or the refusal is about something else. */
export function weaker(
  vendor: Vendor,
  call: ModelCall,
  terms: Terms,
  { reason, said = '' }: Failure,
): Terms | undefined {
  if (reason === 'output_limit' || reason === 'minute_limit') return lessOutput(call, terms, said, reason);
  if (reason !== 'bad_request') return undefined;
  const ways = waysLeft(vendor, call, terms);
  // A vendor of the catalogue names what it refuses; servers of one's own often only say no.
  const unnamed = vendor.fixedOrigin || vendor.site ? undefined : ways[0];
  return (ways.find(({ words }) => words.test(said)) ?? unnamed)?.terms;
}

/** In the order in which they are tried when a refusal names no field. */
function waysLeft(
  vendor: Vendor,
  call: ModelCall,
  terms: Terms,
): readonly { readonly words: RegExp; readonly terms: Terms }[] {
  const chat = vendor.format === 'openai' ? vendor.chat : undefined;
  const without = (field: Optional): Terms => ({ ...terms, omit: [...terms.omit, field] });
  const object = chat?.structured === 'json_schema' && terms.structured === undefined;
  return [
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
    ...(chat && 'store' in chat.extra && !terms.omit.includes('store')
      ? [{ words: /\bstore\b/i, terms: without('store') }]
      : []),
    ...(chat && !terms.otherMaxField
      ? [{ words: /max_(?:completion_)?tokens/i, terms: { ...terms, otherMaxField: true } }]
      : []),
  ];
}

/** As much as the refusal's own numbers allow, else half. */
/** Then the answer had no room: asking for less would leave it even less. */
const RAN_OUT = /limit was reached|higher max_tokens/i;

function lessOutput(call: ModelCall, terms: Terms, said: string, reason: string): Terms | undefined {
  if (RAN_OUT.test(said)) return undefined;
  const asked = Math.min(call.maxOutputTokens, terms.maxOutputTokens ?? call.maxOutputTokens);
  const [, limit, requested] = /\blimit:? (\d{3,9}).{0,60}\brequested:? (\d{3,9})/i.exec(said) ?? [];
  const fits = Number(limit) - (Number(requested) - asked);
  const named = [...said.matchAll(/(?<![\w.-])\d{3,6}(?![\w-])/g)].map(Number).filter((one) => one < asked);
  const half = Math.floor(asked / 2);
  const least = named.length > 0 ? Math.max(...named) : half;
  const maxOutputTokens = reason === 'minute_limit' ? fits : least;
  return maxOutputTokens >= LEAST_OUTPUT_TOKENS && maxOutputTokens < asked
    ? { ...terms, maxOutputTokens }
    : undefined;
}
