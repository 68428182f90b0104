import type { Answer, Frame } from './answer.ts';
import { answerPrompt, type Prompt } from './content/answer-prompt.ts';
import { message, messageFrames } from './formats/anthropic-format.ts';
import { cohereAnswer, cohereFrames } from './formats/cohere-format.ts';
import { converseAnswer, converseFrames } from './formats/converse-format.ts';
import { geminiAnswer, geminiFrames } from './formats/gemini-format.ts';
import { chatCompletion, chatFrames } from './formats/openai-format.ts';
import { response, responsesFrames } from './formats/responses-format.ts';
import { cutText } from './pace.ts';
import { type GenerateRequest, inputText, outputLimit, stopSequences, wantsUsage } from './read-prompt.ts';
import type { RequestHead } from './response-head.ts';
import type { Dialect } from './routes.ts';
import { jsonAnswer, type Whole } from './send-whole.ts';
import { countTokens, takeTokens } from './tokens.ts';
import { demandedTool } from './tools.ts';

export interface Generation {
  readonly dialect: Dialect;
  readonly head: RequestHead;
  readonly request: GenerateRequest;
  readonly prompt: Prompt;
  readonly charsPerEvent: number;
  readonly seed: number;
  /** In place of the text that is composed from the prompt. */
  readonly text?: string | undefined;
}

/** The answer to a generating call, in no wire format: its text in pieces, counted, and cut at the caller's limit. */
export function composeAnswer(generation: Generation): Answer {
  const { dialect, head, request } = generation;
  const demanded = demandedTool(request);
  const tool = generation.text === undefined && demanded !== 'unknown' ? demanded : undefined;
  const full = tool?.input ?? generation.text ?? answerPrompt(generation.prompt);
  const stopped = tool ? { text: full, sequence: null } : cutAtStop(full, stopSequences(request));
  const text = takeTokens(stopped.text, outputLimit(request));
  const isWhole = text.length === stopped.text.length;
  return {
    pieces: cutText(text, generation.charsPerEvent, generation.seed),
    finish: isWhole ? (tool ? 'tool_calls' : 'stop') : 'length',
    model: request.model,
    choices: request.n ?? 1,
    stopSequence: isWhole ? stopped.sequence : null,
    tool: tool && { id: `call_${head.requestId.slice(-20)}`, name: tool.name },
    inputTokens: countTokens(inputText(request)),
    outputTokens: countTokens(text) * (request.n ?? 1),
    usage: undefined,
    echo: request.echo ?? {},
    id:
      dialect === 'anthropic' ? `msg_01${head.requestId.slice(-22)}` : `chatcmpl-${head.requestId.slice(4)}`,
    requestId: head.requestId,
    createdSeconds: Math.floor(Date.now() / 1000),
  };
}

/** The text before the first of the caller's sequences. */
function cutAtStop(
  text: string,
  sequences: readonly string[],
): { readonly text: string; readonly sequence: string | null } {
  const found = sequences
    .map((sequence) => ({ sequence, at: text.indexOf(sequence) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at)[0];
  return found ? { text: text.slice(0, found.at), sequence: found.sequence } : { text, sequence: null };
}

export function wholeOf(answer: Answer, dialect: Dialect): Whole {
  return jsonAnswer(200, bodyOf(answer, dialect));
}

function bodyOf(answer: Answer, dialect: Dialect): unknown {
  switch (dialect) {
    case 'anthropic':
      return message(answer);
    case 'responses':
      return response(answer, 'ended');
    case 'gemini':
      return geminiAnswer(answer);
    case 'converse':
      return converseAnswer(answer);
    case 'cohere-chat':
      return cohereAnswer(answer);
    default:
      return chatCompletion(answer, dialect);
  }
}

const TYPES: Partial<Record<Dialect, string>> = {
  anthropic: 'text/event-stream; charset=utf-8',
  converse: 'application/vnd.amazon.eventstream',
};

export function streamHeaders(dialect: Dialect): Readonly<Record<string, string>> {
  return { 'content-type': TYPES[dialect] ?? 'text/event-stream', 'cache-control': 'no-cache' };
}

export function framesOf(answer: Answer, dialect: Dialect, request: GenerateRequest): Iterable<Frame> {
  switch (dialect) {
    case 'anthropic':
      return messageFrames(answer);
    case 'responses':
      return responsesFrames(answer);
    case 'gemini':
      return geminiFrames(answer);
    case 'converse':
      return converseFrames(answer);
    case 'cohere-chat':
      return cohereFrames(answer);
    default:
      return chatFrames(answer, dialect, wantsUsage(request, dialect));
  }
}
