import { ROUTES } from '../../../../shared/contract/routes.ts';
import type { ByoServer } from './byo-server.ts';
import { type RawAnswer, sendBytes } from './raw-http.ts';

/** A run as curl would ask for it. */
export const BODY = JSON.stringify({
  goal: 'write one skill that lists files',
  provider: 'anthropic',
  model: 'claude-x',
});

export const length = (body = BODY): string => `content-length: ${Buffer.byteLength(body)}`;

/** The head of a request, line by line as it is to be sent. */
export function headOf(url: string, lines: readonly string[], path: string = ROUTES.byo): string {
  return [`POST ${path} HTTP/1.1`, `host: ${new URL(url).host}`, 'connection: close', ...lines, '', ''].join(
    '\r\n',
  );
}

/** Sends a run with these lines in its head. What is answered is searched for the key. */
export async function sendRaw(byo: ByoServer, lines: readonly string[], body = BODY): Promise<RawAnswer> {
  const answer = await sendBytes(byo.url, headOf(byo.url, lines) + body);
  byo.note(answer.text);
  return answer;
}
