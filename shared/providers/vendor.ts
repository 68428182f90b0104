import type { Terms } from './terms.ts';

/** What all vendors have, as data, so that one wire format serves many. */
interface VendorBase {
  readonly id: string;
  readonly name: string;
  /** `https://api.example.com`; `{site}` stands for what `site` names. */
  readonly origin: string;
  /** Origin and path come from the catalogue alone, so that connections may be shared between runs. */
  readonly fixedOrigin: boolean;
  /** `label`, `hint` and `pattern` are for people and their input; `hosts` decides what is connected to, see `resolveOrigin`. */
  readonly site?: {
    readonly label: string;
    readonly hint: string;
    readonly pattern: RegExp;
    /** What a bare name stands for, and every host that may come of it. */
    readonly hosts: { readonly of: string; readonly allowed: RegExp };
  };
  /** Header that carries the key, and what stands before the key in its value. */
  readonly auth: { readonly header: string; readonly prefix: string };
  readonly key: 'required' | 'optional' | 'none';
  /** How a key begins, to be shown where it is pasted. */
  readonly keyHint: string;
  /** Where users find their keys. */
  readonly keysUrl?: string;
  /** What leaves this server for the provider, in one sentence. */
  readonly sees: string;
  /** Sent with every request, beside the transport's own. */
  readonly headers: Readonly<Record<string, string>>;
  /** Response headers that may have the request's id, the first present one counts. */
  readonly requestIdHeaders: readonly string[];
  /** Runs on a machine of the operator's, which may have to load the model before it answers: patience is longer, the wait is named. */
  readonly local?: boolean;
  /** What this server is known to take no more than; absent: everything. */
  readonly terms?: Terms;
  /** Milliseconds, where this server's own limits do not fit. */
  readonly limits?: { readonly firstByteMs?: number; readonly idleMs?: number };
  /** Models that are asked in another format, or under another path; first match. See `vendorFor`. */
  readonly wires?: readonly { readonly model: RegExp; readonly wire: Wire }[];
  readonly check: KeyCheck;
  readonly prices: PriceSource;
  /** Statuses that mean something else here than elsewhere. */
  readonly statuses?: Readonly<Record<number, FaultKind>>;
  /** Where the usual sentence for a refusal would mislead. */
  readonly sentences?: Readonly<Partial<Record<FaultKind, string>>>;
}

/**
 * How a model call is put on the wire. `path` is the streaming call's; `{model}` in it stands for the model's id, which elsewhere is
 * in the body.
 */
export type Wire = AnthropicWire | OpenAiWire | ResponsesWire | GeminiWire | ConverseWire;

/** `json_schema`: enforced. `json_object`: any object, the schema stands in the prompt. `prompt`: only the prompt asks for it. */
export type Structured = 'json_schema' | 'json_object' | 'prompt';

/** Anthropic Messages. */
export interface AnthropicWire {
  readonly format: 'anthropic';
  readonly path: string;
  readonly messages: {
    /** `json_schema`: `output_config.format`. */
    readonly structured: 'json_schema' | 'prompt';
    /** Models from before structured outputs, which get the prompt alone. */
    readonly promptOnly?: RegExp;
  };
}

/** OpenAI chat completions, and how a vendor departs from them. */
export interface OpenAiWire {
  readonly format: 'openai';
  readonly path: string;
  readonly chat: {
    readonly maxTokens: MaxTokensField;
    /** Models that want the other field. OpenAI's reasoning models refuse `max_tokens` with a 400. */
    readonly maxTokensOf?: readonly { readonly model: RegExp; readonly field: MaxTokensField }[];
    readonly structured: 'json_schema' | 'json_object';
    /** Models from before structured outputs, which get `json_object`. */
    readonly objectOnly?: RegExp;
    /** The schema stands in the prompt too: for servers that may ignore `response_format`. */
    readonly schemaInPrompt: boolean;
    /** Models without a system role; their instructions open the user's message. */
    readonly noSystemRole?: RegExp;
    /** undefined: the field is refused (Cohere). */
    readonly streamOptions: Readonly<Record<string, boolean>> | undefined;
    /** Further fields of every body. */
    readonly extra: Readonly<Record<string, unknown>>;
    /** Further fields for some models. */
    readonly extraOf?: readonly {
      readonly model: RegExp;
      readonly extra: Readonly<Record<string, unknown>>;
    }[];
  };
}

/** OpenAI Responses. */
export interface ResponsesWire {
  readonly format: 'responses';
  readonly path: string;
  readonly responses: {
    readonly structured: Structured;
    readonly schemaInPrompt: boolean;
    readonly extra: Readonly<Record<string, unknown>>;
  };
}

/** Gemini's own `streamGenerateContent`. */
export interface GeminiWire {
  readonly format: 'gemini';
  readonly path: string;
  readonly gemini: {
    /** Models that tell what they think when asked to; others refuse the question. It is progress while nothing else comes. */
    readonly thinks: RegExp;
  };
}

/** Amazon Bedrock's `ConverseStream`, whose answers come in binary frames. */
export interface ConverseWire {
  readonly format: 'converse';
  readonly path: string;
  readonly converse: {
    /** Models that enforce a schema; for others it stands in the prompt. */
    readonly schemaFor: RegExp;
  };
}

export type AnthropicVendor = VendorBase & AnthropicWire;
export type OpenAiVendor = VendorBase & OpenAiWire;
export type GeminiVendor = VendorBase & GeminiWire;
export type ConverseVendor = VendorBase & ConverseWire;

/** One provider as data. */
export type Vendor = VendorBase & Wire;

/** The vendor as it is asked for that model. */
export function vendorFor(vendor: Vendor, model: string): Vendor {
  const other = vendor.wires?.find((one) => one.model.test(model));
  return other ? { ...vendor, ...other.wire } : vendor;
}

export type MaxTokensField = 'max_tokens' | 'max_completion_tokens';

/** How to learn for nothing whether a key works; else one token is asked for. */
export interface KeyCheck {
  readonly free?: {
    readonly method: 'GET' | 'POST';
    readonly path: string;
    /** A boolean of the answer that must be true; absent: the status alone decides. */
    readonly field?: string;
  };
  /** Free list of the models that a key may use, and the array in the answer that has them. */
  readonly models?: { readonly path: string; readonly list: 'data' | 'models'; readonly id: 'id' | 'name' };
  /** Output tokens of a paid check: 1, or the least that the vendor takes. */
  readonly oneToken: number;
}

export interface PriceSource {
  /** Provider's id in genai-prices; `free`: costs nothing; undefined: not known. */
  readonly table: string | 'free' | undefined;
  /** Whose models are offered, where the vendor's own table has none (Azure's deployments). */
  readonly offer?: string;
  /** Which model is paid for: the one that was asked for, or, where that is a deployment's name, the one that answered. */
  readonly by: 'requested' | 'answered';
  /** Endings that the table's ids have and the vendor's do not. */
  readonly endings?: readonly string[];
  /** Which of the table's models are offered: newest first within each family, so many of it. */
  readonly families: readonly { readonly match: RegExp; readonly take: number }[];
  /** Offered without a table. */
  readonly models?: readonly {
    readonly id: string;
    readonly name: string;
    readonly contextTokens: number | null;
  }[];
}

/** What a provider's refusal means, whatever its words. */
export type FaultKind =
  | 'rejected'
  | 'no_credit'
  | 'no_access'
  | 'model_not_found'
  | 'rate_limited'
  | 'overloaded'
  | 'timeout'
  | 'too_large'
  | 'context_length'
  | 'refused'
  | 'bad_output'
  | 'output_limit'
  | 'bad_request'
  | 'not_a_stream'
  | 'wrong_address'
  | 'minute_limit'
  | 'loading'
  | 'redirect'
  | 'unknown';
