import type { PublishWork } from '../../../shared/contract/publish-draft.ts';
import type { PublishBundle } from '../../../shared/contract/registry.ts';
import type { BundleParts } from '../../../shared/registry/make-bundle.ts';
import type { JudgedSkill } from './judge-work.ts';
import type { Pin } from './pins.ts';
import { acknowledgementOf } from './step-faults.ts';

export interface BundleFacts {
  readonly work: PublishWork;
  readonly judged: readonly JudgedSkill[];
  readonly pins: ReadonlyMap<string, Pin | null>;
  readonly publisher: string;
  readonly planId: string;
  readonly goal: string;
}

/** The bundle as the work stands; its time is given when it is signed. */
function bundleParts(facts: BundleFacts): Omit<BundleParts, 'createdAt'> {
  const { work, judged, pins, publisher, planId, goal } = facts;
  const { name, version, description, licence, visibility, showGoal } = work;
  return {
    ...{ name, version, publisher, visibility, planId },
    description: description.trim(),
    licence: licence.trim(),
    ...(showGoal ? { goal: goal.trim() } : {}),
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
