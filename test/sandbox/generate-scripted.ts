import type { Answer, Frame } from '../../server/sandbox/answer.ts';
import { hash } from '../../server/sandbox/content/text.ts';
import { composeAnswer, framesOf, streamHeaders, wholeOf } from '../../server/sandbox/generate.ts';
import { type Pace, type Timing, timingOf } from '../../server/sandbox/pace.ts';
import type { GenerateRequest } from '../../server/sandbox/read-prompt.ts';
import type { Reply } from '../../server/sandbox/reply.ts';
import { sendFrames } from '../../server/sandbox/send-stream.ts';
import { usageOf } from './absurd-usage.ts';
import { breakOff } from './break-off.ts';
import type { Exchange, Played } from './exchange.ts';
import { echoedFrames, plantKey } from './key-echo.ts';
import { sendScripted } from './send-scripted.ts';

type Generate = Extract<Reply, { kind: 'generate' }>;

/** Writes the answer to a generating call, streamed or whole, as the rule wants it. */
export async function generateScripted(
  exchange: Exchange,
  { request, prompt }: Generate,
  pace: Pace,
): Promise<Played> {
  const { wire, dialect, rule, head } = exchange;
  const seed = hash(prompt.text);
  const timing = timingOf(pace, seed);
  const { charsPerEvent } = timing;
  const composed = composeAnswer({ dialect, head, request, prompt, charsPerEvent, seed, text: rule.text });
  const answer = alter(composed, exchange);

  if (request.stream !== true) {
    await wire.pause(timing.firstMs + timing.eventMs * answer.pieces.length);
    return sendScripted(exchange, wholeOf(answer, dialect));
  }
  const headers = streamHeaders(dialect);
  if (rule.encoding) {
    const frames = [...scriptedFrames(exchange, request, answer)];
    const body = Buffer.concat(frames.map(({ bytes }) => Buffer.from(bytes)));
    return sendScripted(exchange, { status: 200, headers, body });
  }
  wire.head(200, { ...head.headers, ...headers, ...rule.headers });
  return streamScripted(exchange, request, answer, { timing, seed });
}

async function streamScripted(
  exchange: Exchange,
  request: GenerateRequest,
  answer: Answer,
  plan: { readonly timing: Timing; readonly seed: number },
): Promise<Played> {
  const { wire, rule, wrote } = exchange;
  const { stop } = rule;
  const endless = { ...answer, pieces: ['and again and again, without an end. '] };
  const more = [...scriptedFrames(exchange, request, endless)].find(({ paced }) => paced)?.bytes ?? ': \n\n';
  if (stop && (stop.after === 'head' || stop.after === 0)) return breakOff(wire, stop, more);
  let written = 0;
  const frames = scriptedFrames(exchange, request, answer);
  await sendFrames(wire, { frames, ...plan }, () => {
    written += 1;
    wrote();
    return written === stop?.after;
  });
  if (wire.gone) return 'finished';
  if (stop && written === stop.after) return breakOff(wire, stop, more);
  wire.end();
  return 'finished';
}

function alter(answer: Answer, { rule, key, dialect }: Exchange): Answer {
  return {
    ...answer,
    pieces: rule.echo?.in === 'text' ? plantKey(answer.pieces, key, rule.echo) : answer.pieces,
    finish: rule.finish ?? answer.finish,
    usage: usageOf(rule.usage, dialect),
  };
}

function scriptedFrames(
  { dialect, rule, key }: Exchange,
  request: GenerateRequest,
  answer: Answer,
): Iterable<Frame> {
  if (rule.frames) return rule.frames.map((bytes) => ({ bytes, paced: true }));
  const frames = withComments(framesOf(answer, dialect, request), rule.comments ?? 0);
  return rule.echo ? echoedFrames(frames, key, rule.echo, dialect) : frames;
}

function* withComments(frames: Iterable<Frame>, comments: number): Generator<Frame> {
  for (let comment = 0; comment < comments; comment++) yield { bytes: ': waiting\n\n', paced: false };
  yield* frames;
}
