import { encode } from './encoding.ts';
import type { Exchange } from './generate.ts';
import { disguise, KEY_MARK } from './key-echo.ts';
import { withDates } from './response-head.ts';
import { breakOff } from './send-stream.ts';
import type { Wire } from './wire.ts';

export interface Whole {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** Writes an answer that is known in full: errors, lists, completions that are not streamed. */
export async function sendWhole(
  wire: Wire,
  { rule, key, head }: Exchange,
  { status, headers = {}, body = '' }: Whole,
): Promise<'finished' | 'cut'> {
  const shown = disguise(key, rule.echo?.form ?? 'raw');
  const text = typeof body === 'string' ? body.replaceAll(KEY_MARK, shown) : body;
  const encoded = rule.encoding ? encode(text.toString(), rule.encoding) : undefined;
  const all = {
    ...head.headers,
    ...headers,
    ...(encoded ? { 'content-encoding': encoded.header } : {}),
    ...rule.headers,
  };
  wire.head(
    status,
    withDates(
      Object.fromEntries(
        Object.entries(all).map(([name, value]) => [name, value.replaceAll(KEY_MARK, shown)]),
      ),
      Date.now(),
    ),
  );
  if (rule.stop?.after === 'head') return breakOff(wire, rule.stop, ' ');
  if (status !== 204) await wire.send(encoded?.body ?? text);
  wire.end();
  return 'finished';
}
