import type { CheckedSkill } from '../../../../server/registry/check-bundle.ts';
import type { CriticReader, Reading, Said } from '../../../../server/registry/critic/critic.ts';

/** A critic that says what the test wants, and remembers what it was paid to read. */
export interface FakeReader extends CriticReader {
  /** Names of the skills, in the order in which they were read. */
  readonly reads: string[];
  /** Undefined: it gives no answer. */
  answer: (skill: CheckedSkill) => Said | undefined;
  missing: Reading['missing'];
  /** What it waits for before it answers. */
  held: Promise<void>;
}

export const PASS: Said = { verdict: 'pass', notes: [] };

export function fakeReader(): FakeReader {
  const reads: string[] = [];
  const fake: FakeReader = {
    ...{ provider: 'lab', model: 'reader-1', edition: '1', reads },
    answer: () => PASS,
    missing: undefined,
    held: Promise.resolve(),
    read: async (skills) => {
      reads.push(...skills.map(({ name }) => name));
      await fake.held;
      const said = new Map<string, Said>();
      for (const skill of skills) {
        const one = fake.answer(skill);
        if (one) said.set(skill.contentDigest, one);
      }
      return { said, missing: fake.missing ?? (said.size < skills.length ? 'failed' : undefined) };
    },
  };
  return fake;
}
