import type { Draft } from '../../shared/contract/plan.ts';
import { writeSkill } from '../../shared/skills/write-skill.ts';

/** Windows gives these names to devices, also with an extension. All are names that the specification allows. */
const DEVICE_NAME = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/** A ZIP of `name/SKILL.md`, one folder for each draft. */
export async function packSkills(drafts: readonly Draft[]): Promise<Uint8Array<ArrayBuffer>> {
  const { strToU8, zipSync } = await import('fflate');
  const taken = new Set<string>();
  const files = drafts.map(
    ({ manifest, body }) => [`${folderOf(manifest.name, taken)}/SKILL.md`, strToU8(writeSkill(manifest, body))] as const,
  );
  // as: zipSync always makes a buffer of its own
  return zipSync(Object.fromEntries(files), { level: 6 }) as Uint8Array<ArrayBuffer>;
}

/** The contract allows only a-z, 0-9 and hyphens in names, so that none of them can leave the archive's folder. */
function folderOf(name: string, taken: Set<string>): string {
  const safe = DEVICE_NAME.test(name) ? `${name}-skill` : name;
  let folder = safe;
  for (let count = 2; taken.has(folder); count++) folder = `${safe}-${count}`;
  taken.add(folder);
  return folder;
}
