import type { PublishStep, PublishWork } from '../../../shared/contract/publish-draft.ts';
import { bundleManifest } from '../../../shared/contract/registry.ts';
import { isVersion } from '../../../shared/registry/version.ts';
import { plural } from '../../ui/format.ts';
import type { JudgedSkill } from './judge-work.ts';
import type { Pin } from './pins.ts';

/** Why a step is not done, in the sentence that stands beside the button. Pure. */

export interface Facts {
  readonly work: PublishWork;
  /** Undefined: nothing was judged yet. */
  readonly judged: readonly JudgedSkill[] | undefined;
  /** Whether `judged` is of the texts as they are now, not as they were a moment ago. */
  readonly isFresh: boolean;
  /** Of the plan's reused items; undefined: not looked up yet. */
  readonly pins: ReadonlyMap<string, Pin | null> | undefined;
  readonly isSigned: boolean;
  /** What the registry said of these names and versions; undefined: it is asked. */
  readonly refusal: { readonly message: string } | 'none' | undefined;
}

export interface StepFault {
  readonly message: string;
  /** It is still being found out; nothing has to be done. */
  readonly isPending?: true;
}

export const MIN_ACKNOWLEDGEMENT_CHARS = 10;
const CHECKING: StepFault = { message: 'The drafts are being checked.', isPending: true };

/** Undefined: it is done. */
export function stepFault(step: PublishStep, facts: Facts): StepFault | undefined {
  switch (step) {
    case 'items':
      return itemsFault(facts);
    case 'drafts':
      return checkedFault(facts, draftsFault);
    case 'findings':
      return checkedFault(facts, findingsFault);
    case 'name':
      return nameFault(facts);
    case 'sign':
      return facts.isSigned ? undefined : { message: 'Sign the bundle first.' };
    case 'publish':
      return undefined;
  }
}

function itemsFault({ work, pins }: Facts): StepFault | undefined {
  if (pins === undefined)
    return { message: 'The registry is asked for what the plan reuses.', isPending: true };
  const chosen = work.skills.filter(({ item, included, draft }) => included && (draft || pins.get(item)));
  return chosen.length === 0 ? { message: 'Choose at least one skill.' } : undefined;
}

function checkedFault(
  { judged, isFresh, work }: Facts,
  faultOf: (judged: readonly JudgedSkill[], work: PublishWork) => string | undefined,
): StepFault | undefined {
  if (!judged) return CHECKING;
  const message = faultOf(judged, work);
  if (message !== undefined) return { message };
  return isFresh ? undefined : CHECKING;
}

function draftsFault(judged: readonly JudgedSkill[]): string | undefined {
  const broken = judged.find(({ fault }) => fault);
  if (broken?.fault) return `${nameOf(broken)}: ${broken.fault.message}`;
  const names = judged.map(nameOf);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  return twice === undefined ? undefined : `Two skills are called ${twice}. Rename one.`;
}

function findingsFault(judged: readonly JudgedSkill[], work: PublishWork): string | undefined {
  const blocked = judged.find(({ verdict }) => verdict === 'block');
  if (blocked) return `${nameOf(blocked)} is blocked: change what the rules found, or leave it out.`;
  const open = judged.filter((skill) => skill.verdict === 'review' && !isAcknowledged(work, skill));
  if (open.length === 0) return undefined;
  return `Say why ${open.map(nameOf).join(', ')} may be published, in ${MIN_ACKNOWLEDGEMENT_CHARS} characters or more.`;
}

/** The author's words, about these very files. */
export function acknowledgementOf({ skills }: PublishWork, { item, contentDigest }: JudgedSkill): string {
  const given = skills.find((skill) => skill.item === item)?.acknowledgement;
  return given?.contentDigest === contentDigest ? given.text.trim() : '';
}

function isAcknowledged(work: PublishWork, skill: JudgedSkill): boolean {
  return acknowledgementOf(work, skill).length >= MIN_ACKNOWLEDGEMENT_CHARS;
}

function nameFault({ work, refusal }: Facts): StepFault | undefined {
  const fields = nameFaults(work);
  const first = fields.name ?? fields.version ?? fields.description ?? fields.licence;
  if (first !== undefined) return { message: first };
  if (refusal === undefined)
    return { message: 'The registry is asked whether name and version are free.', isPending: true };
  return refusal === 'none' ? undefined : refusal;
}

export interface NameFaults {
  readonly name?: string;
  readonly version?: string;
  readonly description?: string;
  readonly licence?: string;
}

export function nameFaults({ name, version, description, licence }: PublishWork): NameFaults {
  const shape = bundleManifest.shape;
  return {
    ...(shape.name.safeParse(name).success
      ? {}
      : { name: 'A name has up to 64 lower-case letters, digits and single hyphens inside.' }),
    ...(isVersion(version) ? {} : { version: 'A version has three numbers, as in 1.0.0.' }),
    ...(shape.description.safeParse(description.trim()).success
      ? {}
      : {
          description: `Describe it in 1 to 1024 characters; these are ${plural(description.trim().length, 'character')}.`,
        }),
    ...(shape.licence.safeParse(licence.trim()).success ? {} : { licence: 'Choose a licence.' }),
  };
}

export function nameOf({ draft }: Pick<JudgedSkill, 'draft'>): string {
  return draft.name.trim() || 'a skill without a name';
}
