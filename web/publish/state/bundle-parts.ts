import type { Provenance } from '../../../shared/contract/provenance.ts';
import type { PublishWork } from '../../../shared/contract/publish-draft.ts';
import type { PublishBundle } from '../../../shared/contract/registry.ts';
import type { SavedPlan } from '../../../shared/contract/saved-plan.ts';
import { textOf } from '../../../shared/registry/draft-files.ts';
import type { BundleParts } from '../../../shared/registry/make-bundle.ts';
import type { JudgedSkill } from './judge-work.ts';
import type { Pin } from './pins.ts';
import { draftOf } from './skill-files.ts';
import { acknowledgementOf } from './step-faults.ts';

export interface BundleFacts {
  readonly work: PublishWork;
  readonly judged: readonly JudgedSkill[];
  readonly pins: ReadonlyMap<string, Pin | null>;
  readonly publisher: string;
  readonly planId: string;
  readonly goal: string;
  /** How it was made, all of it: what of this is shown is the author's choice. */
  readonly made: MadeBy;
}

/** The bundle as the work stands; its time is given when it is signed. */
function bundleParts(facts: BundleFacts): Omit<BundleParts, 'createdAt'> {
  const { work, judged, pins, publisher, planId, goal } = facts;
  const provenance = provenanceOf(facts);
  const { name, version, description, licence, visibility, showGoal } = work;
  return {
    ...{ name, version, publisher, visibility, planId },
    description: description.trim(),
    licence: licence.trim(),
    ...(showGoal ? { goal: goal.trim() } : {}),
    categories: work.categories,
    ...(provenance === undefined ? {} : { provenance }),
    skills: judged.map((skill) => {
      const words = skill.verdict === 'review' ? acknowledgementOf(work, skill) : '';
      return {
        name: skill.draft.name.trim(),
        files: skill.files,
        ...(words === '' ? {} : { acknowledgement: words }),
      };
    }),
    reused: work.skills.flatMap(({ item, included }) => (included && pins.get(item)) || []),
  };
}

export type MadeBy = Pick<SavedPlan, 'origin' | 'usage' | 'drafts' | 'analyses'>;

function provenanceOf({ work, judged, made }: BundleFacts): Provenance | undefined {
  if (work.shows.length === 0) return undefined;
  const { origin, usage } = made;
  return {
    ...(work.shows.includes('origin') ? { origin } : {}),
    ...(work.shows.includes('cost') ? { cost: { usd: usage.costUsd, isEstimate: usage.estimated } } : {}),
    ...(work.shows.includes('scores') ? { scores: judged.flatMap((skill) => scoresOf(skill, made)) } : {}),
  };
}

function scoresOf(skill: JudgedSkill, { drafts, analyses }: MadeBy): NonNullable<Provenance['scores']> {
  const scores = analyses.find(({ item }) => item === skill.item)?.scores;
  const draft = drafts.find(({ item }) => item === skill.item);
  if (!scores || !draft) return [];
  const isEdited = skill.text !== textOf(draftOf(draft.manifest, draft.body));
  return [{ skill: skill.draft.name.trim(), scores, isEdited }];
}

export interface ReadyBundle {
  readonly parts: Omit<BundleParts, 'createdAt'>;
  /** Tells this state of the bundle from every other: digests in place of texts. */
  readonly about: string;
}

export function readyBundle(facts: BundleFacts): ReadyBundle {
  const parts = bundleParts(facts);
  const skills = parts.skills.map(({ name, acknowledgement }, at) => ({
    ...{ name, acknowledgement },
    contentDigest: facts.judged[at]?.contentDigest,
  }));
  return { parts, about: JSON.stringify({ ...parts, skills }) };
}

/** What was signed, and for which state of the work: a later change makes it void. */
export interface SignedBundle {
  readonly about: string;
  readonly wish: PublishBundle;
  /** Of the one request that publishes it, however often it is sent. */
  readonly publishId: string;
}
