import type { IncomingHttpHeaders } from 'node:http';
import type { Frame } from '../../server/sandbox/answer.ts';
import type { Dialect } from '../../server/sandbox/routes.ts';
import type { Echo } from './script.ts';

/** Where a key is to be put into what is answered; replaced in the bytes, so that the form is exactly the asked one. */
export const KEY_MARK = '@@RECEIVED-KEY@@';

/** The key as it was sent, by any of the headers that vendors take it in. */
export function receivedKey(headers: IncomingHttpHeaders): string {
  const single = (name: string): string | undefined => {
    const value = headers[name];
    return typeof value === 'string' ? value : value?.[0];
  };
  const bearer = single('authorization')?.replace(/^Bearer\s+/i, '');
  return bearer ?? single('x-api-key') ?? single('api-key') ?? single('x-goog-api-key') ?? '';
}

export function disguise(key: string, form: Echo['form']): string {
  const bytes = Buffer.from(key, 'latin1');
  if (form === 'percent')
    return [...bytes].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
  if (form === 'json') return [...bytes].map((byte) => `\\u${byte.toString(16).padStart(4, '0')}`).join('');
  if (form === 'hex') return bytes.toString('hex');
  if (form === 'base64') return bytes.toString('base64');
  if (form === 'base64url') return bytes.toString('base64url');
  // The other two alignments: what base64 makes of the key inside a longer text.
  if (form === 'base64+1')
    return Buffer.concat([Buffer.from(':'), bytes, Buffer.from(':')]).toString('base64');
  if (form === 'base64+2')
    return Buffer.concat([Buffer.from('u:'), bytes, Buffer.from(':')]).toString('base64');
  return key;
}

/** The key in its disguise, in as many parts as the script wants. `json` disguises the bytes of the frame, not the text. */
function partsOf(key: string, { form, split = 1 }: Echo): readonly string[] {
  const shown = form === 'json' ? key : disguise(key, form);
  const size = Math.ceil(shown.length / split) || 1;
  return Array.from({ length: Math.ceil(shown.length / size) }, (_, at) =>
    shown.slice(at * size, (at + 1) * size),
  );
}

/** An answer's pieces with the key among them, each of its parts a piece of its own. */
export function plantKey(pieces: readonly string[], key: string, echo: Echo): readonly string[] {
  const text = pieces.join('');
  // Inside a string of a structured answer, so that it stays JSON.
  const quote = text.startsWith('{') ? text.indexOf('":"') : -1;
  const at = quote < 0 ? Math.floor(text.length / 2) : quote + 3;
  return [text.slice(0, at), ...partsOf(key, echo), text.slice(at)].filter((piece) => piece !== '');
}

/** Puts the key into the frames of a stream: into its text, escaped, or into an error that ends it. */
export function* echoedFrames(
  frames: Iterable<Frame>,
  key: string,
  echo: Echo,
  dialect: Dialect,
): Generator<Frame> {
  const parts = echo.in === 'text' && echo.form === 'json' ? partsOf(key, echo) : [];
  let paced = 0;
  for (const frame of frames) {
    if (echo.in === 'stream-error' && frame.paced && ++paced > 2) {
      const text = `Incorrect API key provided: ${KEY_MARK}.`;
      const error =
        dialect === 'anthropic'
          ? { type: 'error', error: { type: 'api_error', message: text } }
          : { error: { message: text, type: 'server_error', param: null, code: null } };
      yield {
        bytes: `event: error\ndata: ${JSON.stringify(error).replace(KEY_MARK, disguise(key, echo.form))}\n\n`,
        paced: true,
      };
      return;
    }
    // A binary frame has its lengths, which an escape would change.
    yield parts.length === 0 || typeof frame.bytes !== 'string'
      ? frame
      : {
          ...frame,
          bytes: parts.reduce((bytes, part) => bytes.replaceAll(part, disguise(part, 'json')), frame.bytes),
        };
  }
}
