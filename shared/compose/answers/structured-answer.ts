import * as z from 'zod/mini';

// Our answers nest three levels; far deeper text is a mistake or an attack on the parser's stack.
const MAX_DEPTH = 12;
const MAX_PROBLEMS = 12;

export type Structured<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * JSON out of what a model wrote. `problems` name places in our schema and what belongs there; they never repeat the text or a
 * parser's message about it, for both may hold anything.
 */
export function parseStructured<T>(text: string, schema: z.ZodMiniType<T>): Structured<T> {
  const json = jsonPart(text);
  if (json === undefined) return { ok: false, problems: ['There is no JSON object in it.'] };
  if (nestsTooDeep(json)) return { ok: false, problems: ['It nests too deep.'] };

  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { ok: false, problems: ['It is not valid JSON.'] };
  }
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, problems: parsed.error.issues.slice(0, MAX_PROBLEMS).map(describe) };
}

/** From the first brace to the last: without a JSON mode, models put fences, greetings and their thoughts around it. */
function jsonPart(text: string): string | undefined {
  const answer = text.replace(/^\s*<think>[\s\S]*?<\/think>/, '');
  const from = answer.indexOf('{');
  const to = answer.lastIndexOf('}');
  return from < 0 || to < from ? undefined : answer.slice(from, to + 1);
}

function nestsTooDeep(json: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < json.length; index += 1) {
    const character = json[index];
    if (character === '\\' && quoted) index += 1;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '{' || character === '[')) depth += 1;
    else if (!quoted && (character === '}' || character === ']')) depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

function describe(issue: z.core.$ZodIssue): string {
  const place = issue.path.length === 0 ? 'the answer' : issue.path.map(String).join('.');
  switch (issue.code) {
    case 'invalid_type':
      return `${place}: must be of type ${issue.expected}`;
    case 'invalid_value':
      return `${place}: must be one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return `${place}: must be at least ${issue.minimum}`;
    case 'too_big':
      return `${place}: must be at most ${issue.maximum}`;
    default:
      return `${place}: must not be empty or of another form`;
  }
}
