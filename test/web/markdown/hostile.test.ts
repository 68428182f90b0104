import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { parseMarkdown } from '../../../web/markdown/parse-markdown.ts';
import { startOf } from '../../../web/markdown/start-of.ts';
import { repeatedTexts } from '../../texts/repeated.ts';

// A bound on a hang, not a measure of speed.
const HANG_MS = 300_000;

test(
  'no repeated text makes the parser slow',
  async () => {
    const script = 'test/web/markdown/parse-repeated.ts';
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script], {
      timeout: HANG_MS,
    });
    expect(JSON.parse(stdout)).toEqual([]);
  },
  HANG_MS + 10_000,
);

test('there are enough of them', () => expect(repeatedTexts(100).size).toBeGreaterThan(237));

test('text that nests deeper than any skill is not parsed at all', () => {
  expect(parseMarkdown('> '.repeat(30))).toBeUndefined();
  expect(parseMarkdown('- '.repeat(30))).toBeUndefined();
  expect(parseMarkdown('> '.repeat(8))).toMatchObject([{ kind: 'quote' }]);
});

test('a preview is made from the lines that it shows', () => {
  expect(startOf('a\nb')).toBe('a\nb');
  expect(startOf('line\n'.repeat(100)).split('\n')).toHaveLength(17);
  expect(startOf(`# a\n${'word '.repeat(1000)}\nend`)).toBe('# a\n');
  expect(startOf('x'.repeat(5000))).toHaveLength(1200);
});
