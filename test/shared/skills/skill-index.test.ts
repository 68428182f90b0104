import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUILTIN_CATALOG } from '../../../shared/compose/builtin-catalog.ts';
import type { PublishedSkill } from '../../../shared/skills/published-skill.ts';
import { indexSkills } from '../../../shared/skills/skill-index.ts';

const find = (goal: string, catalog: readonly PublishedSkill[]) => indexSkills(catalog).search(goal, 8);

describe('the search for published skills', () => {
  it.each([
    ['write commit messages like the ones we already have', 'write-commit-message'],
    ['tell me whether the members.csv export is clean', 'profile-csv'],
    ['who decided what in Monday’s meeting, from the transcript', 'minutes-from-transcript'],
    ['look over pull requests before they are merged', 'review-diff'],
    ['answer e-mails of our guests', 'reply-to-message'],
  ])('puts the right skill first for: %s', (goal, name) =>
    expect(find(goal, BUILTIN_CATALOG)[0]?.name).toBe(name),
  );

  it('finds a skill in a script without blanks', () => {
    const catalog = [
      ...BUILTIN_CATALOG,
      {
        owner: 'o',
        name: 'translate-menu',
        version: '1.0.0',
        description: '料理のメニューを日本語に翻訳する',
      },
    ];
    expect(find('メニューを翻訳したい', catalog)[0]?.name).toBe('translate-menu');
  });

  it('lists nothing that shares no word with the goal', () =>
    expect(find('Gartenplan für Tomaten', BUILTIN_CATALOG)).toEqual([]));

  it('never throws, never lists a skill twice, and stays within its limit', () => {
    const skill = fc.record({
      owner: fc.string(),
      name: fc.string({ unit: 'binary' }),
      version: fc.string(),
      description: fc.string({ unit: 'binary', maxLength: 300 }),
    });
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.array(skill, { maxLength: 20 }),
        (goal, catalog) => {
          const found = find(goal, catalog);
          return found.length <= 8 && new Set(found).size === found.length;
        },
      ),
    );
  });

  it('reads a goal of the longest kind over a big catalogue without trouble', () => {
    const catalog = Array.from({ length: 2_000 }, (_, index) => ({
      owner: 'o',
      name: `skill-${index}`,
      version: '1',
      description: `Word${index} sorts post and files letters`,
    }));
    expect(find('sorts Word1999 '.repeat(1_333), catalog)[0]?.name).toBe('skill-1999');
  });
});
