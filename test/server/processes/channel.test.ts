import { expect, test } from 'vitest';
import { ChannelError, createChannel } from '../../../server/processes/channel.ts';
import { createPipe } from './pipe.ts';

interface Sums {
  double(of: { readonly n: number }): number;
  slow(of: { readonly n: number }): number;
  nothing(of: object): undefined;
  break(of: object): never;
}

function pair() {
  const pipe = createPipe();
  const bugs: unknown[] = [];
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const answers = {
    double: ({ n }: { readonly n: number }) => 2 * n,
    slow: async ({ n }: { readonly n: number }) => {
      await held;
      return n;
    },
    nothing: () => undefined,
    break: (): never => {
      throw new RangeError('a text that must not go over');
    },
  };
  createChannel<object, Sums>(pipe.ends[1], answers, (bug) => bugs.push(bug));
  const asking = createChannel<Sums, object>(pipe.ends[0], {}, () => undefined);
  return { pipe, bugs, asking, letGo: () => letGo() };
}

test('each question gets its own answer, in whatever order they are answered', async () => {
  const { asking, letGo } = pair();
  const slow = asking.ask('slow', { n: 1 });
  expect(await Promise.all([asking.ask('double', { n: 2 }), asking.ask('double', { n: 3 })])).toEqual([4, 6]);
  letGo();
  expect(await slow).toBe(1);
  expect(await asking.ask('nothing', {})).toBeUndefined();
});

test('what breaks at the other end is logged there, and comes back without its message', async () => {
  const { asking, bugs, pipe } = pair();
  await expect(asking.ask('break', {})).rejects.toBeInstanceOf(ChannelError);
  expect(bugs).toHaveLength(1);
  expect(pipe.texts.join()).not.toContain('must not go over');
  expect(await asking.ask('double', { n: 1 })).toBe(2);
});

test('whoever waits hears that the other end is gone, and so does whoever asks later', async () => {
  const { asking, pipe } = pair();
  const waiting = asking.ask('slow', { n: 1 });
  pipe.cut();
  await expect(waiting).rejects.toBeInstanceOf(ChannelError);
  await expect(asking.ask('double', { n: 1 })).rejects.toBeInstanceOf(ChannelError);
});
