import { EventEmitter } from 'node:events';
import type { Port } from '../../../server/processes/channel.ts';

/** The two ends of a pipe in one process, with everything that goes over as the text that it would be there. */
export interface Pipe {
  readonly ends: readonly [Port, Port];
  readonly texts: readonly string[];
  /** One end is gone. */
  cut(): void;
}

export function createPipe(): Pipe {
  const texts: string[] = [];
  const emitters = [new EventEmitter(), new EventEmitter()] as const;
  let open = true;
  const end = (own: EventEmitter, other: EventEmitter): Port => ({
    send(message, done) {
      const text = JSON.stringify(message);
      texts.push(text);
      setImmediate(() => {
        if (open) other.emit('message', JSON.parse(text));
        done(open ? null : new Error('cut'));
      });
    },
    on: (event: string, listener: (...given: never[]) => void) =>
      // as: each of the two events with its own listener
      own.on(event, listener as (...given: unknown[]) => void),
  });
  return {
    ends: [end(emitters[0], emitters[1]), end(emitters[1], emitters[0])],
    texts,
    cut() {
      open = false;
      for (const one of emitters) one.emit('disconnect');
    },
  };
}
