import { jsonOf } from './formats/json-parts.ts';
import { invalidRequest } from './refusals.ts';
import type { Dialect } from './routes.ts';
import type { Whole } from './send-whole.ts';

const names = (list: string): readonly string[] => list.split(' ');

/** Fields of one format that a vendor refuses in another, as its own 400 says. What nobody knows passes: vendors add fields. */
const FOREIGN: Partial<Record<Dialect, { readonly fields: readonly string[]; say(field: string): string }>> =
  {
    anthropic: {
      fields: names(
        'n stop max_completion_tokens response_format stream_options frequency_penalty presence_penalty seed logprobs logit_bias store',
      ),
      say: (field) => `${field}: Extra inputs are not permitted`,
    },
    responses: {
      fields: names(
        'n stop messages max_tokens max_completion_tokens response_format functions seed frequency_penalty presence_penalty logit_bias',
      ),
      say: (field) => MOVED[field] ?? `Unknown parameter: '${field}'.`,
    },
  };

const MOVED: Readonly<Record<string, string>> = {
  messages: "Unsupported parameter: 'messages'. In the Responses API, this parameter has moved to 'input'.",
  max_tokens:
    "Unsupported parameter: 'max_tokens'. In the Responses API, this parameter has moved to 'max_output_tokens'.",
  response_format:
    "Unsupported parameter: 'response_format'. In the Responses API, this parameter has moved to 'text.format'.",
};

/** The refusal of the first such field that a request has. */
export function refuseForeign(dialect: Dialect, body: unknown): Whole | undefined {
  const known = FOREIGN[dialect];
  const json = jsonOf(body);
  const field = known?.fields.find((name) => json?.[name] != null);
  if (!known || field === undefined) return undefined;
  const code = field in MOVED ? 'unsupported_parameter' : 'unknown_parameter';
  return invalidRequest(dialect, { message: known.say(field), param: field, code });
}
