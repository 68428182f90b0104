import { EventStreamCodec } from '@smithy/core/event-streams';

const codec = new EventStreamCodec(
  (input) => Buffer.from(input as Uint8Array).toString('utf8'), // as: it hands over bytes
  (input) => Buffer.from(input, 'utf8'),
);

type Headers = Readonly<Record<string, string>>;

/** A frame as Amazon's own codec writes it. */
export function frame(headers: Headers, body: string | Buffer): Buffer {
  const typed = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, { type: 'string' as const, value }]),
  );
  return Buffer.from(codec.encode({ headers: typed, body: Buffer.from(body) }));
}

/** An event of a ConverseStream. */
export function converse(event: string, json: object): Buffer {
  const type = { ':event-type': event, ':content-type': 'application/json', ':message-type': 'event' };
  return frame(type, JSON.stringify(json));
}

export function exception(type: string, json: object): Buffer {
  return frame({ ':exception-type': type, ':message-type': 'exception' }, JSON.stringify(json));
}
