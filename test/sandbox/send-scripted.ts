import { breakOff } from './break-off.ts';
import { encode } from './encoding.ts';
import type { Exchange, Played } from './exchange.ts';
import { disguise, KEY_MARK } from './key-echo.ts';

export interface ScriptedWhole {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** Writes an answer that is known in full, as the rule wants it: encoded, with other headers, with the key in it, or broken off. */
export async function sendScripted(
  { wire, rule, key, head }: Exchange,
  { status, headers = {}, body = '' }: ScriptedWhole,
): Promise<Played> {
  const shown = disguise(key, rule.echo?.form ?? 'raw');
  const text = typeof body === 'string' ? body.replaceAll(KEY_MARK, shown) : body;
  const encoded = rule.encoding ? encode(text.toString(), rule.encoding) : undefined;
  const all = {
    ...head.headers,
    ...headers,
    ...(encoded ? { 'content-encoding': encoded.header } : {}),
    ...rule.headers,
  };
  const withKey = Object.entries(all).map(([name, value]) => [name, value.replaceAll(KEY_MARK, shown)]);
  wire.head(status, withDates(Object.fromEntries(withKey), Date.now()));
  if (rule.stop?.after === 'head') return breakOff(wire, rule.stop, ' ');
  if (status !== 204) await wire.send(encoded?.body ?? text);
  wire.end();
  return 'finished';
}

/** `{date+20}` in a value: the HTTP date in 20 s. */
function withDates(headers: Readonly<Record<string, string>>, nowMs: number): Record<string, string> {
  const dated = (value: string): string =>
    value.replaceAll(/\{date\+(\d+)\}/g, (_, seconds: string) =>
      new Date(nowMs + Number(seconds) * 1000).toUTCString(),
    );
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, dated(value)]));
}
