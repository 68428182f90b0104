import { hash } from './content/text.ts';
import { composeAnswer, framesOf, streamHeaders, wholeOf } from './generate.ts';
import { type Pace, timingOf } from './pace.ts';
import { readCall, replyTo } from './reply.ts';
import { requestHead } from './response-head.ts';
import type { Received } from './routes.ts';
import { sendStream } from './send-stream.ts';
import { sendWhole } from './send-whole.ts';
import type { Wire } from './wire.ts';

/** Answers one request as its vendor would: the text comes at the given pace, everything else at once. */
export async function respond(received: Received, wire: Wire, pace: Pace): Promise<void> {
  const { dialect } = received.route;
  const head = requestHead(dialect);
  const reply = replyTo(received, readCall(received));
  if (reply.kind === 'whole')
    return sendWhole(wire, { ...reply.whole, headers: { ...head.headers, ...reply.whole.headers } });

  const { request, prompt } = reply;
  const seed = hash(prompt.text);
  const timing = timingOf(pace, seed);
  const answer = composeAnswer({ dialect, head, request, prompt, charsPerEvent: timing.charsPerEvent, seed });
  if (request.stream !== true) {
    // As long as the stream would have taken.
    await wire.pause(timing.firstMs + timing.eventMs * answer.pieces.length);
    const whole = wholeOf(answer, dialect);
    return sendWhole(wire, { ...whole, headers: { ...head.headers, ...whole.headers } });
  }
  wire.head(200, { ...head.headers, ...streamHeaders(dialect) });
  await sendStream(wire, { frames: framesOf(answer, dialect, request), timing, seed });
}
