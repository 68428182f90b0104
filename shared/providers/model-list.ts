import { type Json, jsonOf, textOf } from './read-json.ts';

/** A model as its vendor's own list has it. Undefined fields are not in the list. */
export interface ListedModel {
  readonly id: string;
  readonly name: string;
  readonly contextTokens: number | null;
  /** When it was published, in epoch ms. */
  readonly createdMs: number | undefined;
  /** The day on which the vendor shuts it down, `2026-12-24`. */
  readonly endsOn: string | undefined;
  /** USD per million tokens. */
  readonly inputUsd: number | null;
  readonly outputUsd: number | null;
}

const MAX_MODELS = 500;
/** Models are sorted out by their names, since most lists do not say what a model is for. */
const NO_CHAT =
  /embed|whisper|(?:^|[-_/])(?:tts|asr|ocr|sora|veo|imagen|dall-e|flux|lyria)|transcribe|realtime|moderation|guard|rerank|image|audio|speech|voice|voxtral|orpheus|sonic|davinci|babbage|\baqa\b|bert|computer-use|deep-research/i;

/** The models of a vendor's list that answer prompts, the newest first where the list has dates. */
export function readModelList(list: unknown, idField: 'id' | 'name'): readonly ListedModel[] {
  if (!Array.isArray(list)) return [];
  const models = new Map<string, ListedModel>();
  for (const entry of list) {
    const json = jsonOf(entry);
    for (const model of json && isForChat(json) ? listedModel(json, idField) : [])
      if (!models.has(model.id)) models.set(model.id, model);
  }
  return [...models.values()].sort((a, b) => (b.createdMs ?? 0) - (a.createdMs ?? 0)).slice(0, MAX_MODELS);
}

function listedModel(json: Json, idField: 'id' | 'name'): ListedModel[] {
  const id = textOf(json[idField]) ?? '';
  if (!/^[\w.:/@-]{1,128}$/.test(id) || NO_CHAT.test(id)) return [];
  const name = [json['display_name'], json['displayName'], json['name']].map(textOf).find(isName) ?? id;
  const pricing = jsonOf(json['pricing']);
  return [
    {
      id,
      name,
      contextTokens: firstOf(json, CONTEXT, countTokens) ?? null,
      createdMs: firstOf(json, ['created', 'created_at'], epochMs),
      endsOn: firstOf(json, ENDS, day),
      // OpenRouter's prices are USD per token, as strings; Together's are per million tokens, as numbers.
      inputUsd: usdPerMillion(pricing?.['prompt'] ?? pricing?.['input']),
      outputUsd: usdPerMillion(pricing?.['completion'] ?? pricing?.['output']),
    },
  ];
}

const CONTEXT = [
  'context_window',
  'context_length',
  'max_context_length',
  'max_model_len',
  'max_input_tokens',
  'inputTokenLimit',
] as const;
const ENDS = ['shutdown_date', 'retires_at', 'expiration_date', 'deprecation', 'deprecation_date'] as const;

function firstOf<T>(
  json: Json,
  fields: readonly string[],
  read: (value: unknown) => T | undefined,
): T | undefined {
  return fields.map((field) => read(json[field])).find((value) => value !== undefined);
}

/** Where the list says what a model can do, that counts. */
function isForChat(json: Json): boolean {
  const methods = json['supportedGenerationMethods'];
  if (Array.isArray(methods)) return methods.includes('generateContent');
  const endpoints = json['endpoints'];
  if (Array.isArray(endpoints)) return endpoints.includes('chat');
  const can = jsonOf(json['capabilities'])?.['completion_chat'] ?? json['supports_chat'] ?? json['active'];
  if (typeof can === 'boolean') return can;
  const type = textOf(json['type']);
  return type === undefined || type === 'model' || type === 'chat' || type === 'language';
}

function isName(text: string | undefined): text is string {
  return text !== undefined && /^[^\p{C}\p{Z}][^\p{C}]{0,79}$/u.test(text) && !text.startsWith('models/');
}

function countTokens(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 1e9 ? value : undefined;
}

/** Seconds (OpenAI and most), or a date (Anthropic). 0 means that it is not known. */
function epochMs(value: unknown): number | undefined {
  if (typeof value === 'number') return value > 1e9 && value < 1e11 ? value * 1000 : undefined;
  const ms = typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

function day(value: unknown): string | undefined {
  const ms = epochMs(value);
  return ms === undefined ? undefined : new Date(ms).toISOString().slice(0, 10);
}

function usdPerMillion(value: unknown): number | null {
  if (typeof value === 'string' && /^\d{1,3}(?:\.\d{1,20})?$/.test(value))
    return Number((Number(value) * 1_000_000).toPrecision(6));
  return typeof value === 'number' && value >= 0 && value < 10_000 ? value : null;
}
