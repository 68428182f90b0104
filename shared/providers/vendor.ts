import type { Terms } from './terms.ts';

/** What all vendors have, as data, so that one wire format serves many of them. */
interface VendorBase {
  readonly id: string;
  readonly name: string;
  /** `https://api.example.com`; `{site}` stands for what `site` names. */
  readonly origin: string;
  /** Origin and path come from the catalogue alone, so that runs may share connections. */
  readonly fixedOrigin: boolean;
  /** `label`, `hint` and `pattern` are for people and their input; `hosts` decides what is connected to, see `resolveOrigin`. */
  readonly site?: {
    readonly label: string;
    readonly hint: string;
    readonly pattern: RegExp;
    /** The host that a bare name stands for, and all hosts that are allowed. */
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
  /** Headers that are sent with every request, beside the transport's own. */
  readonly headers: Readonly<Record<string, string>>;
  /** Response headers that may have the request's id. The first one present counts. */
  readonly requestIdHeaders: readonly string[];
  /**
   * Runs on the operator's machine and may have to load the model before it answers: timeouts are longer, and the page says what it waits
   * for.
   */
  readonly local?: boolean;
  /** Known limits of this server; absent: it takes everything. */
  readonly terms?: Terms;
  /** Milliseconds, where this server's own limits do not fit. */
  readonly limits?: { readonly firstByteMs?: number; readonly idleMs?: number };
  /** Models that are asked in another format, or under another path; first match. See `vendorFor`. */
  readonly wires?: readonly { readonly model: RegExp; readonly wire: Wire }[];
  /** Models that can be told how long to think, and the field that says it. */
  readonly effort?: { readonly model: RegExp; readonly field: EffortField };
  /** First match. Absent: it keeps nothing of a prompt, as far as is known. */
  readonly promptCache?: readonly PromptCache[];
  readonly check: KeyCheck;
  readonly prices: PriceSource;
  /** Statuses that mean something else here than at other vendors. */
  readonly statuses?: Readonly<Record<number, FaultKind>>;
  /** Sentences for refusals where the usual one would mislead. */
  readonly sentences?: Readonly<Partial<Record<FaultKind, string>>>;
}

/**
 * How a model call is put on the wire. `path` is the streaming call's; `{model}` in it stands for the model's id, which elsewhere is
 * in the body.
 */
export type Wire = AnthropicWire | OpenAiWire | ResponsesWire | GeminiWire | ConverseWire;

/** `json_schema`: enforced. `json_object`: any object, the schema stands in the prompt. `prompt`: only the prompt asks for it. */
export type Structured = 'json_schema' | 'json_object' | 'prompt';

/** Anthropic Messages: `POST /v1/messages`. Source: platform.claude.com, API reference. */
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

/** OpenAI Responses: `POST /v1/responses`, for models that chat completions refuse. Source: OpenAI, API reference. */
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
    /** Models that send their thoughts when asked to; others refuse the request. Thoughts show progress while there is no text yet. */
    readonly thinks: RegExp;
  };
}

/** Amazon Bedrock's `ConverseStream`, which answers in binary frames. */
export interface ConverseWire {
  readonly format: 'converse';
  readonly path: string;
  readonly converse: {
    /** Models that enforce a schema. For others the schema is a part of the prompt. */
    readonly schemaFor: RegExp;
  };
}

/** A vendor file's type where the vendor speaks Anthropic Messages. */
export type AnthropicVendor = VendorBase & AnthropicWire;
/** A vendor file's type where the vendor speaks chat completions, for most of its models at least. */
export type OpenAiVendor = VendorBase & OpenAiWire;
/** A vendor file's type where the vendor speaks Gemini's own format. */
export type GeminiVendor = VendorBase & GeminiWire;
/** A vendor file's type where the vendor speaks Bedrock's Converse. */
export type ConverseVendor = VendorBase & ConverseWire;

/** One provider as data, with the wire format that it speaks. */
export type Vendor = VendorBase & Wire;

/** The vendor with the wire format and path that this model needs. */
export function vendorFor(vendor: Vendor, model: string): Vendor {
  const other = vendor.wires?.find((one) => one.model.test(model));
  return other ? { ...vendor, ...other.wire } : vendor;
}

/** The two names of the output limit in chat completions. `max_tokens` is the older one. */
export type MaxTokensField = 'max_tokens' | 'max_completion_tokens';

/** Anthropic's, that of chat completions, that of Responses and OpenRouter, and Gemini's. */
export type EffortField = 'output_config' | 'reasoning_effort' | 'reasoning' | 'thinkingLevel';

/** How a vendor keeps what prompts begin with, so that the next call that begins alike reads it at a lower price. */
export interface PromptCache {
  readonly model: RegExp;
  /** A shorter beginning is not kept, and costs what it always does. */
  readonly leastTokens: number;
  /**
   * How a request says where the beginning ends. `by-itself`: not at all, the vendor looks for what it has seen. `breakpoint` is
   * OpenAI's from GPT-5.6 on, where keeping costs more than reading anew: without a word each prompt would be kept whole.
   */
  readonly mark: 'cache_control' | 'cachePoint' | 'breakpoint' | 'by-itself';
}

/** How to find out at no cost whether a key works. Where there is no such way, one token is asked for. */
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

/** Where models and prices come from: a table of @pydantic/genai-prices, a vendor's own list, or the vendor file. */
export interface PriceSource {
  /** Provider's id in genai-prices; `free`: costs nothing; undefined: not known. */
  readonly table: string | 'free' | undefined;
  /** Whose models are offered, where the vendor's own table has none (Azure's deployments). */
  readonly offer?: string;
  /** Which model's price applies: the one that was asked for, or, where that is a deployment's name, the one that answered. */
  readonly by: 'requested' | 'answered';
  /** Endings that ids in the price table have and the vendor's own ids do not. */
  readonly endings?: readonly string[];
  /** Which models of the price table are offered: from each family the newest, up to `take`. */
  readonly families: readonly { readonly match: RegExp; readonly take: number }[];
  /** Models that are offered without a table. */
  readonly models?: readonly {
    readonly id: string;
    readonly name: string;
    readonly contextTokens: number | null;
  }[];
}

/** What a provider's refusal means, whatever its words. See `REFUSAL_RULES` for how it is told. */
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
