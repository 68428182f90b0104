import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { createParser } from 'eventsource-parser';
import { type ComposeEvent, parseEvent } from '../../../../shared/contract/events.ts';
import { type Failure, failureBody } from '../../../../shared/contract/failure.ts';
import type { ServerConfig } from '../../../../shared/contract/server-config.ts';
import { sendRun } from '../../../leak/byo-client.ts';

export type RunBody = Readonly<Record<string, unknown>>;

export interface RunOptions {
  /** undefined: no header. */
  readonly key?: string | undefined;
  readonly plain?: boolean;
  readonly run?: string;
  readonly path?: string;
  /** In place of the server's own address: a proxy in front of it. */
  readonly through?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cutBodyAt?: number;
}

export interface ReceivedEvent {
  readonly id: number;
  readonly name: string;
  /** undefined: the contract does not know it. */
  readonly event: ComposeEvent | undefined;
}

export interface RunAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly events: readonly ReceivedEvent[];
  readonly comments: readonly string[];
  /** From the body of a plain answer, or from the last event. */
  readonly failure: Failure | undefined;
}

/** A request that is under way, over a connection of its own. */
export interface LiveRun {
  readonly run: string;
  readonly socket: Socket;
  /** What came so far. */
  readonly head: string;
  readonly text: string;
  /** Resolves when the answer so far has this in it. */
  until(part: string): Promise<void>;
  answer(): Promise<RunAnswer>;
  /** `fin`: closes; `reset`: RST; `half`: closes its own direction only. */
  leave(how: 'fin' | 'reset' | 'half'): void;
}

export async function openRun(
  url: string,
  config: ServerConfig,
  body: RunBody,
  options: RunOptions,
): Promise<LiveRun> {
  const { plain = false, key, through = url, ...rest } = options;
  const whole = {
    goal: 'turn merged pull requests into weekly release notes',
    provider: 'anthropic',
    model: 'claude-x',
    ...body,
  };
  const sent = await sendRun(through, { key, sealed: !plain, body: whole, config, ...rest });
  const waiting: { readonly part: string; readonly resolve: () => void }[] = [];
  let head = '';
  let text = '';
  const came = sent.response.then(async (response) => {
    head = response.rawHeaders.join('\n');
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      text += chunk;
      for (const { part, resolve } of waiting) if (text.includes(part)) resolve();
    });
    await new Promise<void>((resolve) => response.once('close', resolve));
    return response;
  });
  // Left before its head: nobody waits for the answer then.
  came.catch(() => undefined);
  const socket = await new Promise<Socket>((resolve) => sent.request.once('socket', resolve));
  return {
    run: sent.run,
    socket,
    get head() {
      return head;
    },
    get text() {
      return text;
    },
    until: (part) =>
      text.includes(part)
        ? Promise.resolve()
        : new Promise((resolve) => void waiting.push({ part, resolve })),
    answer: async () => read(await came, text),
    leave(how) {
      if (how === 'fin') socket.destroy();
      else if (how === 'reset') socket.resetAndDestroy();
      else socket.end();
    },
  };
}

function read(response: IncomingMessage, text: string): RunAnswer {
  const { statusCode: status = 0, headers } = response;
  const events: ReceivedEvent[] = [];
  const comments: string[] = [];
  if (headers['content-type']?.startsWith('text/event-stream')) {
    const parser = createParser({
      onEvent: ({ id, event: name = '', data }) =>
        void events.push({ id: Number(id), name, event: parseEvent(name, data) }),
      onComment: (comment) => void comments.push(comment),
    });
    parser.feed(text);
  }
  return { status, headers, text, events, comments, failure: failureOf(events, headers, text) };
}

function failureOf(
  events: readonly ReceivedEvent[],
  headers: IncomingHttpHeaders,
  text: string,
): Failure | undefined {
  const last = events.at(-1)?.event;
  if (last?.event === 'failed') return last.data.error;
  if (!headers['content-type']?.startsWith('application/json')) return undefined;
  const parsed = failureBody.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data.error : undefined;
}
