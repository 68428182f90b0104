import { expect, it } from 'vitest';
import { RateLimiter, type Turn, type Wait } from '../../../server/providers/rate-limiter.ts';
import { handClock } from './hand-clock.ts';

const REFUSED = { code: 'rate_limited', message: 'Refused. Wait.' } as const;

/** Calls that ask for a turn each, and the turns they got, in the order in which they got them. */
function line(until = Number.POSITIVE_INFINITY) {
  const clock = handClock();
  const limiter = new RateLimiter(clock);
  const got: { readonly name: string; readonly at: number; readonly wait: Wait }[] = [];
  const told: (readonly [name: string, seconds: number])[] = [];
  const from = clock.now();
  const ask = (name: string, place = limiter.place(), signal = new AbortController().signal) => {
    const onWait = (ms: number): void => void told.push([name, ms / 1000]);
    void limiter
      .turn(place, { signal, until: from + until, onWait })
      .then((wait) => void got.push({ name, at: (clock.now() - from) / 1000, wait }));
    return place;
  };
  const turnOf = (name: string): Turn => {
    const wait = got.findLast((one) => one.name === name)?.wait;
    if (wait?.kind !== 'turn') throw new Error(`${name} has no turn`);
    return wait.turn;
  };
  const settled = () => new Promise<void>((resolve) => void setImmediate(resolve));
  const pass = async (seconds: number) => {
    clock.pass(seconds * 1000);
    await settled();
  };
  return { ask, turnOf, pass, settled, told, got, names: () => got.map(({ name }) => name) };
}

it('lets everyone go at once until it knows of a limit', async () => {
  const { ask, settled, names } = line();
  for (const name of ['a', 'b', 'c', 'd']) ask(name);
  await settled();
  expect(names()).toEqual(['a', 'b', 'c', 'd']);
});

it('stops all after a refusal, then sends one ahead, the first in line', async () => {
  const { ask, turnOf, pass, settled, names, told } = line();
  const place = ask('a');
  ask('b');
  await settled();
  turnOf('a').limited(10_000, REFUSED);
  ask('c');
  ask('a', place);
  await pass(9.9);
  expect(names()).toEqual(['a', 'b']);
  await pass(0.2);
  // It keeps its place before c, which came while it was refused.
  expect(names()).toEqual(['a', 'b', 'a']);
  expect(told).toEqual([
    ['c', 10],
    ['a', 10],
  ]);
  turnOf('a').accepted(undefined);
  await settled();
  expect(names()).toEqual(['a', 'b', 'a', 'c']);
});

it.each([
  ['retry-after, when it is less', 1, 2, 2],
  ['what was taken in the window, when that is less', 5, 50, 12],
])('goes on at the pace that a refusal shows: %s', async (_, taken, retryAfter, pace) => {
  const { ask, turnOf, pass, got } = line();
  for (let count = 0; count < taken; count += 1) {
    ask(`${count}`);
    await pass(taken === 1 ? 0 : 2);
    turnOf(`${count}`).accepted(undefined);
  }
  ask('refused');
  await pass(0);
  turnOf('refused').limited(retryAfter * 1000, REFUSED);
  for (const name of ['x', 'y', 'z']) ask(name);
  for (const name of ['x', 'y', 'z']) {
    while (!got.some((one) => one.name === name)) await pass(0.1);
    turnOf(name).accepted(undefined);
  }
  const times = ['x', 'y', 'z'].map((name) => got.find((one) => one.name === name)?.at ?? 0);
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  for (const gap of gaps) expect(gap).toBeCloseTo(pace, 0);
});

it('says nothing of the pace when others had used the minute up', async () => {
  const { ask, turnOf, pass, settled, names } = line();
  ask('a');
  await settled();
  turnOf('a').limited(50_000, REFUSED);
  for (const name of ['b', 'c', 'd']) ask(name);
  await pass(50);
  turnOf('b').accepted(undefined);
  await settled();
  expect(names()).toEqual(['a', 'b', 'c', 'd']);
});

it('holds back when the provider says that none is left, and only for as long as it can be believed', async () => {
  const { ask, turnOf, pass, settled, names } = line();
  ask('a');
  await settled();
  turnOf('a').accepted({ left: 2, nextMs: 6000 });
  for (const name of ['b', 'c', 'd']) ask(name);
  await settled();
  expect(names()).toEqual(['a', 'b', 'c']);
  await pass(6.1);
  expect(names()).toEqual(['a', 'b', 'c', 'd']);
  turnOf('d').accepted({ left: 0, nextMs: 86_400_000 });
  ask('e');
  await settled();
  expect(names().at(-1)).toBe('e');
});

it('sends away whom the wait leaves no time, and keeps the others in their order', async () => {
  const { ask, turnOf, settled, got } = line(30_000);
  ask('a');
  await settled();
  turnOf('a').limited(40_000, REFUSED);
  ask('b');
  await settled();
  expect(got.at(-1)).toMatchObject({ name: 'b', wait: { kind: 'late' } });
});

it('lets the next one ahead when the one that went has left, or ended without news', async () => {
  const { ask, turnOf, pass, settled, names, got } = line();
  ask('a');
  await settled();
  turnOf('a').limited(1000, REFUSED);
  const leaving = new AbortController();
  ask('b', undefined, leaving.signal);
  ask('c');
  ask('d');
  leaving.abort();
  await pass(1.1);
  expect(names()).toEqual(['a', 'b', 'c']);
  expect(got[1]?.wait.kind).toBe('stopped');
  turnOf('c').over();
  await settled();
  expect(names()).toEqual(['a', 'b', 'c', 'd']);
});

it('tries a faster pace when nothing was refused for a minute', async () => {
  const { ask, turnOf, pass, settled, got } = line();
  ask('a');
  await settled();
  turnOf('a').accepted(undefined);
  ask('b');
  await settled();
  turnOf('b').limited(2000, REFUSED);
  await pass(70);
  const from = 70;
  for (const name of ['c', 'd']) ask(name);
  await settled();
  turnOf('c').accepted(undefined);
  await pass(1.1);
  expect(got.find(({ name }) => name === 'd')?.at).toBeLessThan(from + 1.2);
});
