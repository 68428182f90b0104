import { expect, it } from 'vitest';
import { createKeyLimiters } from '../../../server/vault/runs/key-limiters.ts';

it('has one line for each key and model, which all its runs share until the last has ended', () => {
  const limiters = createKeyLimiters();
  const [one, two, other] = [limiters.join('k1'), limiters.join('k1'), limiters.join('k2')];
  const line = one.of('m');
  expect(two.of('m')).toBe(line);
  expect(two.of('n')).not.toBe(line);
  expect(other.of('m')).not.toBe(line);
  one.done();
  // a run that says twice that it has ended ends nobody else's line
  one.done();
  expect(limiters.join('k1').of('m')).toBe(line);
  const fresh = createKeyLimiters();
  const last = fresh.join('k1');
  const gone = last.of('m');
  last.done();
  expect(fresh.join('k1').of('m')).not.toBe(gone);
});
