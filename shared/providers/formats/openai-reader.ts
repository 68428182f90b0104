import type { Answer, ReadEvent } from '../answer.ts';
import { type Json, jsonOf, textOf } from '../read-json.ts';
import { bareFaultOf, faultOf } from '../refusals/fault.ts';
import { openAiUsage } from './token-usage.ts';

/** Chat completions, streamed or whole: chunks with a `delta`, or one body with a `message`. */
export function readOpenAi(answer: Answer): ReadEvent {
  let begun = false;
  return (chunk, event) => {
    // Azure's first chunk has neither: it only carries the result of its content filter.
    answer.model ??= textOf(chunk['model']) || undefined;
    answer.requestId ??= textOf(chunk['id']) || undefined;
    const groq = jsonOf(chunk['x_groq']);
    if (groq) answer.requestId = textOf(groq['id']) ?? answer.requestId;
    const choice = firstChoice(chunk['choices']);
    if (choice && !begun) {
      begun = true;
      answer.beat();
    }
    const usage = chunk['usage'] ?? groq?.['usage'] ?? choice?.['usage']; // Groq and Moonshot put it here.
    // An empty one tells nothing of what was counted before.
    if (usage !== undefined && usage !== null && Object.keys(usage).length > 0) {
      answer.usage = openAiUsage(usage);
      answer.beat();
    }
    const fault =
      faultOf(chunk) ??
      (groq && faultOf(groq)) ??
      // OpenRouter's, of the provider behind.
      (choice && jsonOf(choice['error']) && faultOf(choice)) ??
      (event === 'error' ? {} : undefined) ??
      (chunk['choices'] === undefined ? bareFaultOf(chunk) : undefined);
    if (fault) return answer.fault(fault);
    return choice ? readChoice(answer, choice) : '';
  };
}

/** One answer is asked for, further ones are ignored. Azure's first chunk and usage chunks have none. */
function firstChoice(choices: unknown): Json | undefined {
  if (!Array.isArray(choices)) return undefined;
  return choices.map(jsonOf).find((choice) => choice && (choice['index'] ?? 0) === 0);
}

function readChoice(answer: Answer, choice: Json): string {
  const delta = jsonOf(choice['delta']);
  const message = jsonOf(choice['message']);
  let text = '';
  if (delta) text = answer.say(readPart(answer, delta));
  // Perplexity sends both; its message repeats everything so far.
  else if (message) text = answer.say(beyond(answer.text, readPart(answer, message)));
  else text = answer.say(textOf(choice['text']) ?? '');
  // OpenAI's vision models said it in the second way.
  const finish = textOf(choice['finish_reason']) ?? textOf(jsonOf(choice['finish_details'])?.['type']);
  return finish ? text + answer.finish(finish) : text;
}

/** Returns the text of a delta or a message and counts the rest of it. */
function readPart(answer: Answer, part: Json): string {
  if (textOf(part['refusal'])) answer.refuse();
  if (isThinking(part)) answer.think(thoughtOf(part));
  const call = Array.isArray(part['tool_calls'])
    ? part['tool_calls'].map(jsonOf).find((one) => (one?.['index'] ?? 0) === 0)
    : undefined;
  const { arguments: json } = jsonOf(call?.['function']) ?? jsonOf(part['function_call']) ?? {};
  // A string; in Ollama's own format an object.
  if (json) answer.sayInTool(textOf(json) ?? JSON.stringify(json));
  return contentOf(part['content']);
}

/**
 * The fields in which servers send thoughts: OpenRouter and Groq, DeepSeek and most others, OpenRouter's longer form. Mistral has them
 * among the content's parts.
 */
function isThinking(part: Json): boolean {
  const { content } = part;
  return Boolean(
    part['reasoning'] ||
      part['reasoning_content'] ||
      (Array.isArray(part['reasoning_details']) && part['reasoning_details'].length > 0) ||
      part['thinking'] ||
      (Array.isArray(content) && content.some((one) => !isText(jsonOf(one)))),
  );
}

/** Some servers send the same thought in several fields. It is counted once. */
function thoughtOf(part: Json): string {
  const { content } = part;
  const plain = [part['reasoning_content'], part['reasoning'], part['thinking']].map(textOf).find(Boolean);
  const parts = Array.isArray(content) ? content : part['reasoning_details'];
  return plain ?? (Array.isArray(parts) ? parts.map((one) => textsIn(jsonOf(one))).join('') : '');
}

/** Mistral nests them: {"type":"thinking","thinking":[{"type":"text","text":"hm"}]}. */
function textsIn(part: Json | undefined): string {
  if (isText(part)) return '';
  const { thinking, text, summary } = part ?? {};
  const nested = Array.isArray(thinking)
    ? thinking.map((one) => textOf(jsonOf(one)?.['text']) ?? '').join('')
    : '';
  return nested || (textOf(thinking) ?? textOf(text) ?? textOf(summary) ?? '');
}

/** Of the answer's own parts; gateways have Responses' name for it, or none. */
function isText(part: Json | undefined): boolean {
  const type = part?.['type'] ?? 'text';
  return type === 'text' || type === 'output_text';
}

/** A string; Mistral's reasoning models send parts, of which the `text` ones are the answer. */
function contentOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map(jsonOf)
    .map((part) => (isText(part) ? (textOf(part?.['text']) ?? '') : ''))
    .join('');
}

function beyond(text: string, whole: string): string {
  return whole.startsWith(text) ? whole.slice(text.length) : whole;
}
