import type { Answer, Frame } from './answer.ts';
import { message, messageFrames } from './anthropic-format.ts';
import { answerPrompt, type Prompt } from './content/answer-prompt.ts';
import { hash } from './content/text.ts';
import { echoedFrames, plantKey } from './key-echo.ts';
import { chatCompletion, chatFrames } from './openai-format.ts';
import { cutText, type Pace, timingOf } from './pace.ts';
import { type GenerateRequest, inputText, outputLimit, wantsUsage } from './read-prompt.ts';
import type { RequestHead } from './response-head.ts';
import type { Dialect } from './routes.ts';
import type { Rule } from './script.ts';
import { breakOff, sendStream } from './send-stream.ts';
import { sendWhole } from './send-whole.ts';
import { countTokens, takeTokens } from './tokens.ts';
import type { Wire } from './wire.ts';

/** One request on its way to an answer. `key` is what came in its auth header, for echoes alone. */
export interface Exchange {
  readonly dialect: Dialect;
  readonly rule: Rule;
  readonly key: string;
  readonly head: RequestHead;
  readonly pace: Pace;
  readonly wrote: () => void;
}

/** Writes the answer to a generating call, streamed or whole. */
export async function generate(
  wire: Wire,
  exchange: Exchange,
  request: GenerateRequest,
  prompt: Prompt,
): Promise<'finished' | 'cut'> {
  const { dialect, rule, head } = exchange;
  const seed = hash(prompt.text);
  const timing = timingOf(rule.pace ?? exchange.pace, seed);
  const answer = answerOf(exchange, request, prompt, timing.charsPerEvent, seed);

  if (request.stream !== true) {
    // As long as the stream would have taken.
    await wire.pause(timing.firstMs + timing.eventMs * answer.pieces.length);
    const body = JSON.stringify(dialect === 'anthropic' ? message(answer) : chatCompletion(answer, dialect));
    return sendWhole(wire, exchange, { status: 200, headers: { 'content-type': 'application/json' }, body });
  }

  const frames = framesOf(exchange, request, answer);
  const headers = {
    'content-type': dialect === 'anthropic' ? 'text/event-stream; charset=utf-8' : 'text/event-stream',
    'cache-control': 'no-cache',
  };
  if (rule.encoding)
    return sendWhole(wire, exchange, {
      status: 200,
      headers,
      body: [...frames].map(({ bytes }) => bytes).join(''),
    });
  wire.head(200, { ...head.headers, ...headers, ...rule.headers });
  const more =
    [...framesOf(exchange, request, { ...answer, pieces: ['and again and again, without an end. '] })].find(
      ({ paced }) => paced,
    )?.bytes ?? ': \n\n';
  if (rule.stop?.after === 'head') return breakOff(wire, rule.stop, more);
  return sendStream(wire, { frames, timing, seed, stop: rule.stop, more, wrote: exchange.wrote });
}

function answerOf(
  { rule, key, head, dialect }: Exchange,
  request: GenerateRequest,
  prompt: Prompt,
  charsPerEvent: number,
  seed: number,
): Answer {
  const full = rule.text ?? answerPrompt(prompt);
  const text = takeTokens(full, outputLimit(request));
  const cut = cutText(text, charsPerEvent, seed);
  return {
    pieces: rule.echo?.in === 'text' ? plantKey(cut, key, rule.echo) : cut,
    finish: rule.finish ?? (text.length < full.length ? 'length' : 'stop'),
    inputTokens: countTokens(inputText(request)),
    outputTokens: countTokens(text),
    usage: rule.usage,
    id:
      dialect === 'anthropic' ? `msg_01${head.requestId.slice(-22)}` : `chatcmpl-${head.requestId.slice(4)}`,
    requestId: head.requestId,
    createdSeconds: Math.floor(Date.now() / 1000),
  };
}

function framesOf(
  { dialect, rule, key }: Exchange,
  request: GenerateRequest,
  answer: Answer,
): Iterable<Frame> {
  if (rule.frames) return rule.frames.map((bytes) => ({ bytes, paced: true }));
  const frames =
    dialect === 'anthropic'
      ? messageFrames(answer)
      : chatFrames(answer, dialect, wantsUsage(request, dialect));
  const commented = rule.comments === undefined ? frames : withComments(frames, rule.comments);
  return rule.echo ? echoedFrames(commented, key, rule.echo, dialect) : commented;
}

function* withComments(frames: Iterable<Frame>, comments: number): Generator<Frame> {
  for (let comment = 0; comment < comments; comment++) yield { bytes: ': waiting\n\n', paced: false };
  yield* frames;
}
