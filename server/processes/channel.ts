/**
 * Questions and answers between two processes of one server, each with an id, as JSON over the pipe that Node has between a process and
 * those that it started. Who asks must bring nothing of a user's key: `test/server/processes/state.test.ts` and
 * `two-processes.test.ts` beside it read what goes over.
 */

/** One end of the pipe: `process` in a member, the member's `ChildProcess` in the primary. */
export interface Port {
  send(message: object, done: (error: Error | null) => void): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'disconnect', listener: () => void): unknown;
}

/** What may be asked, as functions of one input. Both ways it is JSON; `undefined` comes back as such. */
export type Calls<C> = { readonly [N in keyof C]: (input: never) => unknown };

/** The answers to what the other end asks. */
export type Answers<C extends Calls<C>> = {
  readonly [N in keyof C]: (...input: Parameters<C[N]>) => ReturnType<C[N]> | Promise<ReturnType<C[N]>>;
};

/** Asks the other end. Rejects with `ChannelError` when it cannot answer any more, or when answering broke there. */
export interface Channel<C extends Calls<C>> {
  ask<N extends keyof C & string>(name: N, ...input: Parameters<C[N]>): Promise<ReturnType<C[N]>>;
}

/** The other process ended, or what it was asked broke there; it has logged the bug. */
export class ChannelError extends Error {
  override readonly name = 'ChannelError';
}

type Message =
  | { readonly ask: number; readonly name: string; readonly input: object }
  | { readonly answer: number; readonly output?: unknown }
  | { readonly answer: number; readonly broke: true };

interface Asked {
  resolve(output: unknown): void;
  reject(error: ChannelError): void;
}

/** `onBug` hears what broke while the other end was being answered. */
export function createChannel<C extends Calls<C>, Mine extends Calls<Mine>>(
  port: Port,
  answers: Answers<Mine>,
  onBug: (error: unknown) => void,
): Channel<C> {
  const waiting = new Map<number, Asked>();
  let asked = 0;
  let gone = false;
  const lost = (): void => {
    gone = true;
    for (const { reject } of waiting.values()) reject(new ChannelError('The other process is gone.'));
    waiting.clear();
  };
  /** A message that cannot be sent any more: whoever waits for one is told by `lost`. */
  const send = (message: Message): void => port.send(message, (error) => error !== null && lost());

  const answer = async (id: number, name: string, input: object): Promise<void> => {
    try {
      // as: the other end is this same program, whose calls have these types
      const one = answers[name as keyof Mine] as ((input: object) => unknown) | undefined;
      if (one === undefined) throw new Error(`Nobody answers ${name}. Both ends must be of one build.`);
      send({ answer: id, output: await one(input) });
    } catch (error) {
      onBug(error);
      if (!gone) send({ answer: id, broke: true });
    }
  };

  port.on('disconnect', lost);
  port.on('message', (heard) => {
    // as: nobody else writes into this pipe
    const message = heard as Message;
    if ('ask' in message) return void answer(message.ask, message.name, message.input);
    const one = waiting.get(message.answer);
    waiting.delete(message.answer);
    if ('broke' in message) one?.reject(new ChannelError('The other process could not answer.'));
    else one?.resolve(message.output);
  });

  return {
    ask: (name, ...[input]) =>
      new Promise((resolve, reject) => {
        if (gone) return reject(new ChannelError('The other process is gone.'));
        asked += 1;
        // as: the answer to this question, by its types
        waiting.set(asked, { resolve: resolve as (output: unknown) => void, reject });
        // as: each call has one input, an object
        send({ ask: asked, name, input: input as unknown as object });
      }),
  };
}
