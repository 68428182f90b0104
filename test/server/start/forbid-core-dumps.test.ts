import { expect, test } from 'vitest';
import { leavesNoCore } from '../../../server/start/forbid-core-dumps.ts';

const PIPED = '|/usr/lib/systemd/systemd-coredump %P %u %g %s %t %c %h';

test.each([
  ['1', PIPED, true],
  ['1', 'core', true],
  ['0', 'core', true],
  // the kernel pipes dumps whatever the limit, but for one byte
  ['0', PIPED, false],
  ['0', undefined, false],
  ['4096', 'core', false],
  ['unlimited', 'core', false],
  [undefined, 'core', false],
])('a limit of %s with dumps to "%s" leaves no core: %s', (limit, pattern, none) => {
  expect(leavesNoCore(limit, pattern)).toBe(none);
});
