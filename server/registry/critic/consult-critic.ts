import { setTimeout as pause } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { CriticGap, CriticReport } from '../../../shared/contract/author/critic.ts';
import type { Failure } from '../../../shared/contract/failure.ts';
import { worse } from '../../../shared/skills/verdict.ts';
import type { Database } from '../../storage/database.ts';
import type { CheckedBundle, CheckedSkill } from '../check-bundle.ts';
import type { Critic, CriticReader, Unread } from './critic.ts';
import {
  areAsked,
  askedDigest,
  claimCritiques,
  type Known,
  keepCritique,
  knownCritiques,
  releaseCritiques,
} from './critique-store.ts';

const LOOK_MS = 250;
const MAX_LOOKS = 240;

/** What it has said so far, without asking. Undefined: there is no new skill to read. */
export async function criticStanding(
  db: Kysely<Database>,
  { policy, reader }: Critic,
  { skills }: CheckedBundle,
): Promise<CriticReport | undefined> {
  if (skills.length === 0) return undefined;
  if (!reader) return { policy, reader: null, opinion: null, missing: GAPS.not_configured };
  const known = await knownCritiques(
    db,
    skills.map((skill) => askedDigest(reader, skill.contentDigest)),
  );
  const { provider, model } = reader;
  return { policy, reader: { provider, model }, opinion: opinionOf(reader, skills, known), missing: null };
}

/** The same, and what is not known is asked, once for each content: the same bundle again costs nothing. */
export async function consultCritic(
  db: Kysely<Database>,
  critic: Critic,
  checked: CheckedBundle,
  userId: string,
): Promise<CriticReport | undefined> {
  const before = await criticStanding(db, critic, checked);
  const { reader } = critic;
  if (!before || !reader || before.opinion) return before;
  const missing = await readUnknown(db, reader, checked.skills, userId);
  const after = await criticStanding(db, critic, checked);
  if (!after || after.opinion) return after;
  return { ...after, missing: GAPS[missing ?? 'failed'] };
}

async function readUnknown(
  db: Kysely<Database>,
  reader: CriticReader,
  skills: readonly CheckedSkill[],
  userId: string,
): Promise<Unread | 'busy' | undefined> {
  const byDigest = new Map(skills.map((skill) => [askedDigest(reader, skill.contentDigest), skill]));
  const known = await knownCritiques(db, [...byDigest.keys()]);
  const open = [...byDigest].filter(([digest]) => !known.has(digest));
  if (open.length === 0) return undefined;
  const claimed = await claimCritiques(
    db,
    open.map(([digest]) => digest),
    userId,
  );
  const mine = open.filter(([digest]) => claimed.has(digest));
  const others = open.map(([digest]) => digest).filter((digest) => !claimed.has(digest));
  const missing = await readClaimed(db, reader, mine, userId);
  if (others.length > 0) await whileAsked(db, others);
  return missing ?? (others.length > 0 ? 'busy' : undefined);
}

async function readClaimed(
  db: Kysely<Database>,
  reader: CriticReader,
  mine: readonly (readonly [string, CheckedSkill])[],
  userId: string,
): Promise<Unread | undefined> {
  if (mine.length === 0) return undefined;
  try {
    const { said, missing } = await reader.read(
      mine.map(([, skill]) => skill),
      userId,
    );
    for (const [digest, { contentDigest }] of mine) {
      const one = said.get(contentDigest);
      if (one) await keepCritique(db, digest, one);
    }
    return missing;
  } finally {
    await releaseCritiques(
      db,
      mine.map(([digest]) => digest),
    );
  }
}

/** Waits for whoever asks about these: another request, perhaps of another process. */
async function whileAsked(db: Kysely<Database>, digests: readonly string[]): Promise<void> {
  for (let look = 0; look < MAX_LOOKS && (await areAsked(db, digests)); look += 1) await pause(LOOK_MS);
}

/** Null where one of them was not judged: an opinion on a part of a bundle is none. */
function opinionOf(
  reader: CriticReader,
  skills: readonly CheckedSkill[],
  known: ReadonlyMap<string, Known>,
): CriticReport['opinion'] {
  const judged = skills.flatMap(({ name, contentDigest, verdict }) => {
    const one = known.get(askedDigest(reader, contentDigest));
    // a skill that persuades its critic gains nothing: the rules' verdict stays
    return one
      ? [{ skill: name, contentDigest, verdict: worse(verdict, one.verdict), notes: one.notes, at: one.at }]
      : [];
  });
  if (judged.length < skills.length) return null;
  return {
    verdict: judged.map(({ verdict }) => verdict).reduce(worse),
    askedAt: new Date(Math.max(...judged.map(({ at }) => at.getTime()))).toISOString(),
    skills: judged.map(({ at: _, ...one }) => one),
  };
}

/** What keeps the bundle from being published by the operator's policy; undefined: nothing. */
export function criticGate(report: CriticReport | undefined): Failure | undefined {
  if (report?.policy !== 'require') return undefined;
  const { opinion, missing } = report;
  if (opinion?.verdict === 'block') {
    const blocked = opinion.skills.find(({ verdict }) => verdict === 'block');
    const [note] = blocked?.notes ?? [];
    const why = note ? ` ${note.file}: ${note.text}` : '';
    return {
      code: 'invalid_field',
      field: 'critic',
      message: `This registry’s critic would not publish ${blocked?.skill ?? 'it'}.${why}`,
    };
  }
  if (opinion) return undefined;
  return {
    code: 'unavailable',
    field: 'critic',
    message: `This registry publishes nothing that its critic has not read. ${(missing ?? GAPS.failed).message}`,
    ...(missing?.why === 'busy' && { retryAfterSeconds: 5 }),
  };
}

const GAPS: Readonly<Record<CriticGap['why'], CriticGap>> = {
  not_configured: {
    why: 'not_configured',
    message: 'Its operator has configured no model for it.',
  },
  too_large: {
    why: 'too_large',
    message: 'A skill is longer than it reads, and half a skill is not judged. Make it shorter.',
  },
  too_costly: {
    why: 'too_costly',
    message: 'To read this bundle costs more than its operator allows. Publish it in smaller ones.',
  },
  budget: { why: 'budget', message: 'Its budget for today is used up. Ask again after midnight UTC.' },
  busy: { why: 'busy', message: 'It is reading a skill of this bundle already. Ask again in some seconds.' },
  failed: { why: 'failed', message: 'It gave no answer that could be used. Ask again.' },
};
