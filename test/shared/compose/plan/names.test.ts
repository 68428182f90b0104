import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capabilityMatcher } from '../../../../shared/compose/plan/match-capability.ts';
import { shortenDescription } from '../../../../shared/compose/plan/shorten-description.ts';
import { skillName } from '../../../../shared/compose/plan/skill-name.ts';
import { SKILL_NAME } from '../../../../shared/contract/plan.ts';

describe('the name of a skill', () => {
  it.each([
    ['claude-code-review', [], 'code-review'],
    ['Anthropic Claude: summarize tickets', [], 'summarize-tickets'],
    ['claudette', ['Sort the mail of the office'], 'sort-mail-office'],
    ['skill', ['Sort the mail of the office'], 'sort-mail-office'],
    ['Größe prüfen', [], 'grosse-prufen'],
    ['Łódź', [], 'lodz'],
    ['Проверка отчёта', ['Excel files'], 'proverka-otcheta'],
    ['定例', ['定例 meeting の議事録を Slack に post する'], 'meeting-slack-post'],
    ['PR要約', ['', 'merged pull requests から release notes を作る'], 'merged-pull-requests-release'],
    ['pr', ['Review pull requests'], 'pr'],
    ['2', ['Review pull requests'], 'review-pull-requests'],
    ['定例', ['議事録を作る'], 'dingli'],
    ['…', ['議事録を作る'], 'new-task'],
    ['sort-post', ['Anything else'], 'sort-post'],
  ])('is made of %s and its words %j: %s', (given, sources, name) => {
    expect(skillName(given, sources)).toBe(name);
  });

  it('is one that every client takes, whatever the model called it', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 90 }),
      fc
        .array(fc.constantFrom('claude', 'anthropic', 'skill', '-', 'Größe', '定', 'x', ' ', 'the'), {
          maxLength: 8,
        })
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 3 }), (given, sources) => {
        const name = skillName(given, sources);
        expect(name).toMatch(SKILL_NAME);
        expect(name.length).toBeLessThanOrEqual(64);
        expect(name).not.toMatch(/claude|anthropic|^skill$/);
      }),
    );
  });
});

describe('a description', () => {
  const filler = 'Sorts the post of the whole office by sender and by date. '.repeat(40);

  it('that is too long ends with a sentence and keeps what says when', () => {
    const when = 'Use when the user drops scans of letters into the inbox.';
    const short = shortenDescription(`${filler}${when}`);
    expect(short.length).toBeLessThanOrEqual(1024);
    expect(short).toMatch(/by date\. Use when the user drops scans of letters into the inbox\.$/);
    expect(short.startsWith('Sorts the post')).toBe(true);
    expect(shortenDescription(`Sorts post. ${when} ${filler}`)).toContain(when);
  });

  it.each([
    ['German', 'Verwenden, wenn neue Briefe eingescannt wurden.'],
    ['French', 'À utiliser quand de nouvelles lettres sont numérisées.'],
    ['Japanese', '新しい手紙が届いたときに使用します。'],
  ])('keeps that in %s too', (_language, when) => {
    expect(shortenDescription(`${filler}${when}`).endsWith(when)).toBe(true);
  });

  it('whose sentences are too long is cut at a word', () => {
    const short = shortenDescription(`Sorts post. Use when ${'letters arrive or '.repeat(100)}parcels.`);
    expect(short.length).toBeLessThanOrEqual(1024);
    expect(short).toMatch(/^Sorts post\. Use when letters arrive .*(?:letters|arrive|or)…$/);
  });

  it('is one line that fits, whatever it was', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.integer({ min: 20, max: 120 }),
        (text, max) => {
          const short = shortenDescription(text, max);
          expect(short.length).toBeLessThanOrEqual(max);
          expect(short).not.toMatch(/[\n\r\t]/);
          expect(short === '').toBe(shortenDescription(text, 10_000) === '');
        },
      ),
    );
  });
});

describe('a capability', () => {
  const match = capabilityMatcher([
    { id: 'c1', need: 'Sort the post' },
    { id: 'c-2', need: 'Answer the post' },
  ]);

  it.each([
    ['c1', 'c1'],
    ['C1', 'c1'],
    [' c1. ', 'c1'],
    ['1', 'c1'],
    ['capability 1', 'c1'],
    ['c1: Sort the post', 'c1'],
    ['sort the post.', 'c1'],
    ['C2', 'c-2'],
    ['c-2', 'c-2'],
    ['c3', 'c3'],
    ['', ''],
  ])('that the model calls %j is %j', (given, id) => expect(match(given)).toBe(id));
});
