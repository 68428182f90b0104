import type { Answer, Frame } from './answer.ts';
import { message, messageFrames } from './anthropic-format.ts';
import { answerPrompt, type Prompt } from './content/answer-prompt.ts';
import { chatCompletion, chatFrames } from './openai-format.ts';
import { cutText } from './pace.ts';
import { type GenerateRequest, inputText, outputLimit, wantsUsage } from './read-prompt.ts';
import type { RequestHead } from './response-head.ts';
import type { Dialect } from './routes.ts';
import { jsonAnswer, type Whole } from './send-whole.ts';
import { countTokens, takeTokens } from './tokens.ts';

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
  const full = generation.text ?? answerPrompt(generation.prompt);
  const text = takeTokens(full, outputLimit(request));
  return {
    pieces: cutText(text, generation.charsPerEvent, generation.seed),
    finish: text.length < full.length ? 'length' : 'stop',
    inputTokens: countTokens(inputText(request)),
    outputTokens: countTokens(text),
    usage: undefined,
    id:
      dialect === 'anthropic' ? `msg_01${head.requestId.slice(-22)}` : `chatcmpl-${head.requestId.slice(4)}`,
    requestId: head.requestId,
    createdSeconds: Math.floor(Date.now() / 1000),
  };
}

export function wholeOf(answer: Answer, dialect: Dialect): Whole {
  return jsonAnswer(200, dialect === 'anthropic' ? message(answer) : chatCompletion(answer, dialect));
}

export function streamHeaders(dialect: Dialect): Readonly<Record<string, string>> {
  const type = dialect === 'anthropic' ? 'text/event-stream; charset=utf-8' : 'text/event-stream';
  return { 'content-type': type, 'cache-control': 'no-cache' };
}

export function framesOf(answer: Answer, dialect: Dialect, request: GenerateRequest): Iterable<Frame> {
  return dialect === 'anthropic'
    ? messageFrames(answer)
    : chatFrames(answer, dialect, wantsUsage(request, dialect));
}
