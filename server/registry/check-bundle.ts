import { createHash } from 'node:crypto';
import { zipSync } from 'fflate';
import type * as z from 'zod/mini';
import type { Failure } from '../../shared/contract/failure.ts';
import {
  type BundleManifest,
  bundleManifest,
  type publishBundle,
  type SkillFinding,
} from '../../shared/contract/registry.ts';
import { bytesOf, contentDigest, type SkillText } from '../../shared/registry/content-digest.ts';
import { pathFault } from '../../shared/registry/file-paths.ts';
import { judgeSkill, specFault } from '../../shared/registry/judge-skill.ts';
import {
  BUNDLE_SIGNATURE_FILE,
  SIGNATURE_FILE,
  signerHint,
  verifyFiles,
} from '../../shared/signing/model-signature.ts';
import { fieldsToManifest, readSkill } from '../../shared/skills/read-skill.ts';
import type { Verdict } from '../../shared/skills/verdict.ts';
import { parseJson, type ReadJson } from '../http/read-json.ts';

/** Everything that can be said of a bundle without the database. No I/O, no clock. */

type Wish = z.output<typeof publishBundle>;

/** A new skill that may be published: its files with digests, its analysis, and the ZIP that clients download. */
export interface CheckedSkill {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly licence: string | undefined;
  readonly contentDigest: string;
  readonly files: readonly (SkillText & { readonly bytes: number; readonly sha256: string })[];
  readonly verdict: Verdict;
  readonly findings: readonly SkillFinding[];
  readonly acknowledgement: string | null;
  /** Empty in a dry run. */
  readonly signature: string;
  readonly archive: Buffer;
}

/** The parsed `bundle.json` with its new skills. Reused ones are only named in the manifest. */
export interface CheckedBundle {
  readonly manifest: BundleManifest;
  readonly skills: readonly CheckedSkill[];
}

/** `spki`: the public key that signed it; undefined: a dry run, in which nothing is signed yet. */
export async function checkBundle(
  wish: Wish,
  handle: string,
  spki: Uint8Array<ArrayBuffer> | undefined,
): Promise<ReadJson<CheckedBundle>> {
  const parsed = parseJson(new TextEncoder().encode(wish.manifest), bundleManifest);
  if (!parsed.ok) return refused(`In bundle.json: ${parsed.failure.message}`, 'manifest');
  const manifest = parsed.value;
  if (manifest.publisher !== handle)
    return refused(`bundle.json names another publisher. Yours is ${handle}.`, 'manifest');
  const names = manifest.skills.map(({ name }) => name);
  if (new Set(names).size < names.length) return refused('bundle.json names a skill twice.', 'manifest');
  if (spki) {
    const bytes = new TextEncoder().encode(wish.manifest);
    const files = [{ path: 'bundle.json', bytes }];
    const signed = await verifyFiles(wish.signature ?? '', manifest.name, files, { spki });
    if (!signed.ok) return refused(`${BUNDLE_SIGNATURE_FILE} ${signed.fault}.`, 'signature');
    // Whoever verifies it later finds the signing key by this.
    if (signerHint(wish.signature ?? '') !== wish.signingKey)
      return refused(`${BUNDLE_SIGNATURE_FILE} names another signing key.`, 'signature');
  }

  const skills: CheckedSkill[] = [];
  for (const [i, skill] of wish.skills.entries()) {
    const checked = await checkSkill(skill, `skills.${i}`, { wish, manifest, spki });
    if (!checked.ok) return checked;
    skills.push(checked.value);
  }
  const given = new Set(skills.map(({ name }) => name));
  if (given.size < skills.length) return refused('A skill is there twice.', 'skills');
  const absent = manifest.skills.find(({ name, source }) => source === 'create' && !given.has(name));
  if (absent) return refused(`The files of ${absent.name} are missing.`, 'skills');
  return { ok: true, value: { manifest, skills } };
}

interface Surroundings {
  readonly wish: Wish;
  readonly manifest: BundleManifest;
  readonly spki: Uint8Array<ArrayBuffer> | undefined;
}

async function checkSkill(
  { files, signature = '' }: Wish['skills'][number],
  field: string,
  { wish, manifest, spki }: Surroundings,
): Promise<ReadJson<CheckedSkill>> {
  const fault = pathFault(files.map(({ path }) => path));
  if (fault !== undefined) return refused(fault, field);
  const text = files.find(({ path }) => path === 'SKILL.md')?.content ?? '';
  const reading = readSkill(text);
  if (!reading.ok) return refused(atLine('SKILL.md', reading.finding.line, reading.finding.message), field);
  const judgement = judgeSkill(files);
  const broken = specFault(judgement);
  if (broken) return refused(atLine(broken.file, broken.line, broken.message), field);
  const front = fieldsToManifest(reading.file.fields);
  if (!front) return refused('SKILL.md: the front matter breaks the specification.', field);

  const { name } = front;
  const pinned = manifest.skills.find((one) => one.name === name && one.source === 'create');
  if (!pinned) return refused(`SKILL.md names ${name}, which bundle.json does not create.`, field);
  if (pinned.publisher !== manifest.publisher) return refused(`${name} has another publisher.`, 'manifest');
  const digest = await contentDigest(files);
  if (pinned.contentDigest !== digest)
    return refused(`bundle.json pins other files for ${name}: their digest is ${digest}.`, 'manifest');
  if (spki) {
    const signed = await verifyFiles(
      signature,
      name,
      files.map((file) => ({ path: file.path, bytes: bytesOf(file) })),
      { spki },
    );
    if (!signed.ok) return refused(`${name}: ${SIGNATURE_FILE} ${signed.fault}.`, `${field}.signature`);
    if (signerHint(signature) !== wish.signingKey)
      return refused(`${name}: ${SIGNATURE_FILE} names another signing key.`, `${field}.signature`);
  }
  const { verdict, findings } = judgement;
  const acknowledgement =
    wish.acknowledgements.find((one) => one.skill === name && one.contentDigest === digest)?.text ?? null;
  return {
    ok: true,
    value: {
      name,
      version: pinned.version,
      description: front.description,
      licence: front.license,
      contentDigest: digest,
      files: files.map((file) => ({ ...file, ...measured(file) })),
      verdict,
      findings,
      acknowledgement: verdict === 'review' ? acknowledgement : null,
      signature,
      archive: archiveOf(files, signature),
    },
  };
}

/** What keeps a checked bundle from being published; undefined: nothing. A dry run tells it in its answer. */
export function gate({ skills }: CheckedBundle): Failure | undefined {
  const blocked = skills.find(({ verdict }) => verdict === 'block');
  if (blocked) {
    const finding = blocked.findings.find(({ severity }) => severity === 'critical');
    const why = finding ? ` ${atLine(finding.file, finding.line, finding.message)}` : '';
    return { code: 'invalid_field', field: 'skills', message: `${blocked.name} cannot be published.${why}` };
  }
  const open = skills.find(
    ({ verdict, acknowledgement }) => verdict === 'review' && acknowledgement === null,
  );
  return (
    open && {
      code: 'invalid_field',
      field: 'acknowledgements',
      message: `${open.name} has findings to look at. Say in your own words why it may be published.`,
    }
  );
}

function measured(file: SkillText): { readonly bytes: number; readonly sha256: string } {
  const bytes = bytesOf(file);
  return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Files at its root, with their signature, as discovery 0.2.0 wants it. Kept as it is: a digest is of exactly these bytes. */
export function archiveOf(files: readonly SkillText[], signature: string | undefined): Buffer {
  const entries = files.map((file) => [file.path, bytesOf(file)] as const);
  const signed =
    signature === undefined
      ? entries
      : [...entries, [SIGNATURE_FILE, new TextEncoder().encode(signature)] as const];
  return Buffer.from(zipSync(Object.fromEntries(signed), { level: 6, mtime: '2020-01-01T00:00:00' }));
}

function atLine(file: string, line: number | undefined, message: string): string {
  return `${file}${line === undefined ? '' : `, line ${line}`}: ${message}`;
}

function refused(message: string, field: string): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure: { code: 'invalid_field', message, field } };
}
