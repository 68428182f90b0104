import * as z from 'zod/mini';
import type { Prompt } from './content/answer-prompt.ts';
import type { Dialect } from './routes.ts';

const record = z.record(z.string(), z.unknown());
const part = z.looseObject({ type: z.string(), text: z.optional(z.string()) });
const content = z.union([z.string(), z.array(part), z.null()]);
const turn = z.looseObject({ role: z.string(), content: z.optional(content) });

/** What both formats have in common, and the few fields in which they differ. Other fields pass unread. */
const request = z.looseObject({
  model: z.string(),
  messages: z.array(turn).check(z.minLength(1)),
  system: z.optional(content),
  stream: z.optional(z.nullable(z.boolean())),
  max_tokens: z.optional(z.nullable(z.int().check(z.gte(0)))),
  max_completion_tokens: z.optional(z.nullable(z.int().check(z.gt(0)))),
  n: z.optional(z.nullable(z.int().check(z.gte(1), z.lte(128)))),
  stop: z.optional(z.nullable(z.union([z.string(), z.array(z.string()).check(z.maxLength(4))]))),
  stop_sequences: z.optional(z.nullable(z.array(z.string()))),
  tools: z.optional(z.nullable(z.array(record))),
  tool_choice: z.optional(z.unknown()),
  stream_options: z.optional(z.nullable(z.looseObject({ include_usage: z.optional(z.boolean()) }))),
  response_format: z.optional(z.looseObject({ type: z.string(), json_schema: z.optional(record) })),
  /** Of Responses: what the answer repeats. */
  echo: z.optional(record),
  output_config: z.optional(
    z.looseObject({
      format: z.optional(z.nullable(z.looseObject({ type: z.string(), schema: z.optional(record) }))),
    }),
  ),
});
export type GenerateRequest = z.infer<typeof request>;

export type Read =
  | { readonly ok: true; readonly request: GenerateRequest }
  | { readonly ok: false; readonly field: string; readonly problem: string };

export function readRequest(body: unknown): Read {
  const parsed = z.safeParse(request, body);
  if (parsed.success) return { ok: true, request: parsed.data };
  const issue = parsed.error.issues[0];
  return { ok: false, field: issue?.path.join('.') || 'body', problem: issue?.message ?? 'invalid' };
}

function textOf(of: z.infer<typeof content> | undefined): string {
  if (typeof of === 'string') return of;
  return (of ?? []).map(({ text = '' }) => text).join('\n');
}

/** A schema that is asked for in words alone: the last line of the instructions. */
function schemaInWords(instructions: string): unknown {
  const line = instructions.slice(instructions.lastIndexOf('\n') + 1);
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

export function promptOf({
  messages,
  system,
  response_format: format,
  output_config: output,
}: GenerateRequest): Prompt {
  const text = messages
    .filter(({ role }) => role === 'user')
    .map((message) => textOf(message.content))
    .join('\n\n');
  // OpenAI nests the schema under a name, Anthropic has it bare, Cohere's own form is the schema itself.
  const named = format?.json_schema;
  const bare = named && 'type' in named ? named : undefined;
  const instructions = [
    textOf(system),
    ...messages.filter(({ role }) => role === 'system').map((message) => textOf(message.content)),
  ].join('\n');
  const schema = z.safeParse(
    record,
    output?.format?.schema ?? named?.['schema'] ?? bare ?? schemaInWords(instructions),
  );
  const json =
    schema.success ||
    output?.format?.type === 'json_schema' ||
    format?.type === 'json_schema' ||
    format?.type === 'json_object';
  return {
    text,
    json,
    schemaName: typeof named?.['name'] === 'string' ? named['name'] : undefined,
    schema: schema.success ? schema.data : undefined,
  };
}

/** All that counts as input. */
export function inputText({
  messages,
  system,
  response_format: format,
  output_config: output,
}: GenerateRequest): string {
  const schema = format ?? output;
  return [
    textOf(system),
    ...messages.map((message) => textOf(message.content)),
    schema ? JSON.stringify(schema) : '',
  ].join('\n');
}

/** Texts before which an answer is to stop. */
export function stopSequences({ stop, stop_sequences: sequences }: GenerateRequest): readonly string[] {
  const all = [...(typeof stop === 'string' ? [stop] : (stop ?? [])), ...(sequences ?? [])];
  return all.filter((one) => one !== '');
}

export function outputLimit({ max_tokens, max_completion_tokens }: GenerateRequest): number {
  return max_completion_tokens ?? max_tokens ?? Number.POSITIVE_INFINITY;
}

/** Whether a stream ends with its usage. */
export function wantsUsage({ stream_options: options }: GenerateRequest, dialect: Dialect): boolean {
  return dialect === 'anthropic' || options?.include_usage === true;
}
