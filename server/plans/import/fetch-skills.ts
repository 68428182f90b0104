import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { SKILL_NAME } from '../../../shared/contract/plan.ts';
import type { FetchOutside } from './fetch-outside.ts';
import type { FoundFile } from './imported-plan.ts';
import { readArchive, textOf } from './read-archive.ts';

/** The skills of somebody's `.well-known` index, by discovery 0.2.0 or the older 0.1.0. */

const MAX_SKILLS = 24;
const MAX_INDEX_BYTES = 1_000_000;
const MAX_FILE_BYTES = 6_000_000;
/** Of all skills together, as of one archive. */
const MAX_CHARS = 10_000_000;

const named = { name: z.string().check(z.maxLength(64), z.regex(SKILL_NAME)) };
const entry = z.object({
  ...named,
  type: z.enum(['archive', 'skill-md']),
  url: z.string(),
  digest: z.string(),
});
const newIndex = z.object({ skills: z.array(entry).check(z.maxLength(MAX_SKILLS)) });
const path = z.string().check(z.maxLength(200), z.regex(/^[A-Za-z0-9_.@+-]+(\/[A-Za-z0-9_.@+-]+)*$/));
const oldEntry = z.object({ ...named, files: z.array(path).check(z.maxLength(50)) });
const oldIndex = z.object({ skills: z.array(oldEntry).check(z.maxLength(MAX_SKILLS)) });

type Fetched = readonly FoundFile[] | string;

/** `url`: a page that has an index below it, or the index itself. The files, or in a sentence why there are none. */
export async function fetchSkills(url: URL, fetchOutside: FetchOutside): Promise<Fetched> {
  const base = url.href
    .replace(/[?#].*$/, '')
    .replace(/\/?(\.well-known\/(agent-)?skills\/index\.json)?$/, '/');
  const index = new URL('.well-known/agent-skills/index.json', base);
  const found = await fetchOutside(index, MAX_INDEX_BYTES);
  if (typeof found === 'string') return found;
  if (found.status === 200) {
    const parsed = z.safeParse(newIndex, parseText(found.bytes));
    return parsed.success ? newSkills(parsed.data.skills, index, fetchOutside) : NO_INDEX;
  }
  const old = new URL('.well-known/skills/index.json', base);
  const older = await fetchOutside(old, MAX_INDEX_BYTES);
  if (typeof older === 'string') return older;
  const parsed = older.status === 200 ? z.safeParse(oldIndex, parseText(older.bytes)) : undefined;
  return parsed?.success ? oldSkills(parsed.data.skills, old, fetchOutside) : NO_INDEX;
}

const NO_INDEX = `There is no index of at most ${MAX_SKILLS} skills at this address.`;

async function newSkills(
  skills: readonly z.infer<typeof entry>[],
  index: URL,
  fetchOutside: FetchOutside,
): Promise<Fetched> {
  const files: FoundFile[] = [];
  let chars = 0;
  for (const { name, type, url, digest } of skills) {
    const at = URL.canParse(url, index.href) ? new URL(url, index) : undefined;
    if (at?.origin !== index.origin)
      return `${name} is at another server than its index. Nothing was imported.`;
    const got = await fetchOutside(at, MAX_FILE_BYTES);
    if (typeof got === 'string') return got;
    if (got.status !== 200) return `${name} could not be fetched: the server answered ${got.status}.`;
    if (digest !== `sha256:${createHash('sha256').update(got.bytes).digest('hex')}`)
      return `${name} is not what its index says: the digest differs. Nothing was imported.`;
    const read =
      type === 'archive' ? await readArchive(got.bytes) : [{ path: 'SKILL.md', content: textOf(got.bytes) }];
    if (typeof read === 'string') return `${name}: ${read}`;
    // small archives that unpack to much add up
    chars += read.reduce((sum, { content }) => sum + (content?.length ?? 0), 0);
    if (chars > MAX_CHARS) return 'The skills of this index unpack to more than 10 MB together.';
    files.push(...read.map((file) => ({ ...file, path: `${name}/${file.path}` })));
  }
  return files;
}

async function oldSkills(
  skills: readonly z.infer<typeof oldEntry>[],
  index: URL,
  fetchOutside: FetchOutside,
): Promise<Fetched> {
  const files: FoundFile[] = [];
  for (const { name, files: paths } of skills)
    for (const one of paths) {
      const got = await fetchOutside(new URL(`${name}/${one}`, index), MAX_INDEX_BYTES);
      if (typeof got === 'string') return got;
      if (got.status !== 200)
        return `${name}/${one} could not be fetched: the server answered ${got.status}.`;
      files.push({ path: `${name}/${one}`, content: textOf(got.bytes) });
    }
  return files;
}

function parseText(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(textOf(bytes) ?? '');
  } catch {
    return undefined;
  }
}
