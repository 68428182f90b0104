import type { IncomingHttpHeaders } from 'node:http';
import { schemaProblem } from './formats/strict-schema.ts';
import type { GenerateRequest } from './read-prompt.ts';
import { invalidRequest } from './refusals.ts';
import type { Dialect } from './routes.ts';
import type { Whole } from './send-whole.ts';
import { demandedTool } from './tools.ts';

/** o-series, and gpt from 5 on unless `chat`: they refuse `max_tokens` and sampling parameters. */
const REASONING = /^(?:openai\/)?(?:o\d|gpt-(?:[5-9]|\d\d)(?!.*chat))/;
/** The least that Responses takes. */
const LEAST_TOKENS = 16;
const SAMPLING = ['temperature', 'top_p', 'top_k'] as const;

/**
 * What the vendor would refuse with a 400, so that an adapter that sends it is found here and not by a user. Sources: the
 * official SDKs' types and transforms, recorded 400s.
 */
export function checkRequest(
  request: GenerateRequest,
  dialect: Dialect,
  headers: IncomingHttpHeaders,
): Whole | undefined {
  const { n } = request;
  const refuse = (message: string, param: string, code: string | null = null): Whole =>
    invalidRequest(dialect, { message, param, code });
  if (demandedTool(request) === 'unknown')
    return refuse('The tool of `tool_choice` is not among `tools`.', 'tool_choice', 'invalid_value');
  if (dialect === 'groq' && n != null && n > 1) return refuse("'n' : number must be at most 1", 'n');
  if (dialect === 'anthropic') return checkMessages(request, headers, refuse);
  if (dialect === 'gemini' || dialect === 'converse' || dialect === 'cohere-chat') return undefined;
  if (dialect === 'responses' && (request.max_completion_tokens ?? LEAST_TOKENS) < LEAST_TOKENS) {
    return refuse(
      `Invalid 'max_output_tokens': integer below minimum value. Expected a value >= ${LEAST_TOKENS}.`,
      'max_output_tokens',
      'integer_below_min_value',
    );
  }
  return checkCompletion(request, dialect, refuse) ?? checkFormat(request, refuse);
}

type Refuse = (message: string, param: string, code?: string | null) => Whole;

function checkCompletion(request: GenerateRequest, dialect: Dialect, refuse: Refuse): Whole | undefined {
  for (const { role } of request.messages) {
    if (!['system', 'developer', 'user', 'assistant', 'tool', 'function'].includes(role))
      return refuse(`Invalid value: '${role}'.`, 'messages[0].role', 'invalid_value');
  }
  if (request.max_tokens != null && request.max_completion_tokens != null) {
    return refuse(
      'Setting `max_tokens` and `max_completion_tokens` at the same time is not supported.',
      'max_tokens',
      'invalid_parameter_combination',
    );
  }
  if (REASONING.test(request.model) && (dialect === 'openai' || dialect === 'azure')) {
    if (request.max_tokens != null) {
      return refuse(
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        'max_tokens',
        'unsupported_parameter',
      );
    }
    if (request['temperature'] != null && request['temperature'] !== 1)
      return refuse("Unsupported parameter: 'temperature' is not supported with this model.", 'temperature');
  }
  if (dialect === 'cohere' && request.stream_options != null)
    return refuse('stream_options is not supported', 'stream_options');
  if (request.stream_options != null && request.stream !== true)
    return refuse(
      "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
      'stream_options',
    );
  return undefined;
}

function checkFormat(
  { response_format: format, messages }: GenerateRequest,
  refuse: Refuse,
): Whole | undefined {
  if (format?.type === 'json_object' && !/json/i.test(JSON.stringify(messages))) {
    return refuse(
      "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
      'messages',
    );
  }
  if (format?.type !== 'json_schema') return undefined;
  const name = format.json_schema?.['name'];
  if (typeof name !== 'string' || !/^[\w-]{1,64}$/.test(name))
    return refuse(
      "Missing required parameter: 'response_format.json_schema.name'.",
      'response_format.json_schema.name',
      'missing_required_parameter',
    );
  const isStrict = format.json_schema?.['strict'] === true;
  const problem = isStrict ? schemaProblem(format.json_schema?.['schema'], 'openai') : undefined;
  if (problem === undefined) return undefined;
  const message = `Invalid schema for response_format '${name}': ${problem}`;
  return refuse(message, 'response_format', 'invalid_json_schema');
}

function checkMessages(
  request: GenerateRequest,
  headers: IncomingHttpHeaders,
  refuse: Refuse,
): Whole | undefined {
  const version = headers['anthropic-version'];
  if (version === undefined) return refuse('anthropic-version: header is required', 'anthropic-version');
  if (version !== '2023-06-01' && version !== '2026-10-21')
    return refuse(`anthropic-version: "${String(version)}" is not a valid version`, 'anthropic-version');
  if (request.max_tokens == null) return refuse('max_tokens: Field required', 'max_tokens');
  if (request.messages.some(({ role }) => role !== 'user' && role !== 'assistant'))
    return refuse('messages: Unexpected role. Allowed roles are "user" or "assistant"', 'messages');
  if (request.messages.at(-1)?.role === 'assistant')
    return refuse('This model does not support assistant message prefill.', 'messages');
  if (version === '2026-10-21') {
    const sampling = SAMPLING.find((name) => request[name] !== undefined);
    if (sampling) return refuse(`${sampling}: Extra inputs are not permitted`, sampling);
  }
  const format = request.output_config?.format;
  const problem = format?.type === 'json_schema' ? schemaProblem(format.schema, 'anthropic') : undefined;
  return problem === undefined
    ? undefined
    : refuse(`output_config.format.schema: ${problem}`, 'output_config');
}
