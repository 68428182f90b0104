import { Agent, type ClientRequest, request } from 'node:http';
import { STAMP, STAMP_CHARS, sharedUs } from './clock.ts';
import type { Prepared, Target } from './target.ts';

/** What the streams that are being read have told since they were last asked. */
export interface Tally {
  readonly latenciesUs: number[];
}

export interface StreamEnd {
  readonly status: number;
  /** From sending the request to the first bytes of the answer's body. */
  readonly firstUs: number;
  readonly tookUs: number;
  readonly whole: boolean;
}

export interface ClientStream {
  /** Resolves with the first stamp, or the end. */
  readonly flowing: Promise<void>;
  readonly ended: Promise<StreamEnd>;
  leave(): void;
}

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });

/** Sends a request and reads its answer, for the stamps in it alone: the client must cost little beside what it measures. */
export function openStream(
  target: Target,
  prepared: Prepared,
  tally: Tally,
  bodyBytes?: number,
): ClientStream {
  const startedUs = sharedUs();
  let sent: ClientRequest | undefined;
  let flows = (): void => undefined;
  const flowing = new Promise<void>((resolve) => {
    flows = resolve;
  });
  const ended = new Promise<StreamEnd>((resolve) => {
    let status = 0;
    let firstUs = 0;
    let whole = false;
    let tail = '';
    // A run tells each draft once more when it is done.
    const seen = new Set<string>();
    const over = (): void => {
      flows();
      resolve({ status, firstUs, tookUs: sharedUs() - startedUs, whole });
    };
    sent = request(
      target.origin + target.path,
      { method: 'POST', headers: prepared.headers, agent },
      (answer) => {
        status = answer.statusCode ?? 0;
        answer.setEncoding('latin1');
        answer.on('data', (chunk: string) => {
          const nowUs = sharedUs();
          firstUs ||= nowUs - startedUs;
          const text = tail + chunk;
          let read = 0;
          for (const match of text.matchAll(STAMP)) {
            const [, written = ''] = match;
            if (!seen.has(written)) tally.latenciesUs.push(nowUs - Number.parseInt(written, 36));
            seen.add(written);
            read = match.index + match[0].length;
          }
          if (read > 0) flows();
          whole ||= text.includes(target.mark);
          tail = text.slice(Math.max(read, text.length - Math.max(STAMP_CHARS, target.mark.length)));
        });
        answer.once('close', over);
        answer.on('error', () => undefined);
      },
    );
    sent.on('error', over);
    if (bodyBytes === undefined) sent.end(prepared.body);
    else sent.write(prepared.body.subarray(0, bodyBytes));
  });
  return { flowing, ended, leave: () => void sent?.destroy() };
}
