import type { SseEvent } from './answer-reader.ts';

/** The lengths of the frame and of its headers, and a checksum of these two. */
const PRELUDE_BYTES = 12;
const CHECKSUM_BYTES = 4;
/** How many bytes a header's value has, by its type. Values of the types 6 and 7 begin with their own length. */
const VALUE_BYTES: readonly (number | undefined)[] = [0, 0, 1, 2, 4, 8, undefined, undefined, 8, 16];
const TEXT = 7;

/**
 * Amazon's event stream framing (`application/vnd.amazon.eventstream`): frames with headers and a payload. Pure. The checksum over the
 * lengths is verified, so that other bytes are never taken for a length. The checksum over the frame is not: TLS protects the bytes, and
 * where a key was echoed they have been overwritten.
 */
export class FrameReader {
  readonly #maxBytes: number;
  readonly #onEvent: (event: SseEvent) => void;
  readonly #decoder = new TextDecoder();
  /** Holds what is read at the moment: the prelude, or the frame that it announced. */
  #frame = new Uint8Array(PRELUDE_BYTES);
  #filled = 0;
  /** Why reading stopped. */
  fault: 'not_a_stream' | 'response_too_large' | undefined;

  constructor(maxBytes: number, onEvent: (event: SseEvent) => void) {
    this.#maxBytes = maxBytes;
    this.#onEvent = onEvent;
  }

  push(bytes: Uint8Array): void {
    for (let rest = bytes; rest.length > 0 && !this.fault; ) {
      const piece = rest.subarray(0, this.#frame.length - this.#filled);
      rest = rest.subarray(piece.length);
      this.#frame.set(piece, this.#filled);
      this.#filled += piece.length;
      if (this.#filled < this.#frame.length) return;
      if (this.#frame.length === PRELUDE_BYTES) this.#prelude();
      else this.#whole();
    }
  }

  #prelude(): void {
    const view = new DataView(this.#frame.buffer);
    const bytes = view.getUint32(0);
    const least = PRELUDE_BYTES + view.getUint32(4) + CHECKSUM_BYTES;
    if (view.getUint32(8) !== crc32(this.#frame.subarray(0, 8)) || bytes < least) this.fault = 'not_a_stream';
    else if (bytes > this.#maxBytes) this.fault = 'response_too_large';
    else this.#begin(bytes, this.#frame);
  }

  #begin(bytes: number, known: Uint8Array): void {
    this.#frame = new Uint8Array(bytes);
    this.#frame.set(known);
    this.#filled = known.length;
  }

  #whole(): void {
    const from = PRELUDE_BYTES + new DataView(this.#frame.buffer).getUint32(4);
    const headers = this.#headers(from);
    if (headers) {
      const data =
        headers.get(':message-type') === 'error'
          ? // Errors that are not exceptions of the service have their message in a header.
            JSON.stringify({ message: headers.get(':error-message') ?? '' })
          : this.#text(from, this.#frame.length - CHECKSUM_BYTES);
      this.#onEvent({ event: nameOf(headers), data });
    } else this.fault = 'not_a_stream';
    this.#begin(PRELUDE_BYTES, this.#frame.subarray(0, 0));
  }

  /** The headers that are text; undefined where the bytes are no headers. */
  #headers(end: number): ReadonlyMap<string, string> | undefined {
    const view = new DataView(this.#frame.buffer);
    const headers = new Map<string, string>();
    for (let at = PRELUDE_BYTES; at < end; ) {
      const nameEnd = at + 1 + view.getUint8(at);
      if (nameEnd >= end) return undefined;
      const type = view.getUint8(nameEnd);
      const fixed = VALUE_BYTES[type];
      const from = nameEnd + 1 + (fixed === undefined ? 2 : 0);
      if (type >= VALUE_BYTES.length || from > end) return undefined;
      const to = from + (fixed ?? view.getUint16(nameEnd + 1));
      if (to > end) return undefined;
      if (type === TEXT) headers.set(this.#text(at + 1, nameEnd), this.#text(from, to));
      at = to;
    }
    return headers;
  }

  #text(from: number, to: number): string {
    return this.#decoder.decode(this.#frame.subarray(from, to));
  }
}

function nameOf(headers: ReadonlyMap<string, string>): string | undefined {
  const code = headers.get(':exception-type') ?? headers.get(':error-code');
  if (code === undefined) return headers.get(':event-type');
  // Exceptions are told from events by the ending of their name.
  return /(?:exception|error)$/i.test(code) ? code : `${code}Exception`;
}

/** CRC-32 as in zip and PNG, bit by bit: it is only ever computed over eight bytes. */
function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return ~crc >>> 0;
}
