import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { strToU8, type Zippable, zipSync } from 'fflate';
import { packTar, type TarEntry } from 'modern-tar';
import { describe, expect, it } from 'vitest';
import { SkillFolder } from '../../../../server/cli/skill-folder.ts';
import { importedPlan } from '../../../../server/plans/import/imported-plan.ts';
import { type ReadArchive, readArchive } from '../../../../server/plans/import/read-archive.ts';
import { savePlan } from '../../../../shared/contract/saved-plan.ts';
import { pathFault } from '../../../../shared/registry/file-paths.ts';
import { timesOf } from '../../../full.ts';
import { missing, mutatedText, realSkills } from '../../../shared/skills/fuzz/mutations.ts';

/** Real skills in archives that somebody has bent: they become a plan or a sentence, and no file outside of where they are written. */

const MAX_FILES = 500;
const MAX_BYTES = 10_000_000;

const SEGMENTS = [
  ...['..', '.', '', 'SKILL.md', 'skill.md', 'scripts', 'references', 'run.sh', 'a.md', 'skill.oms.sig'],
  ...['con', 'NUL.txt', 'a:b', 'C:', '~', '$HOME', '%2e%2e', '..\\..', '\\\\server\\share', '.git', '.ssh'],
  ...['a ', 'a.', '\u202egnp', '\0', '\u2025', '\uff0e\uff0e', 'é', 'e\u0301', 'x'.repeat(300), '-rf', '*'],
];
const path = fc
  .tuple(
    fc.constantFrom('', '', '', '/', '../', './', '//', 'C:/'),
    fc.array(fc.constantFrom(...SEGMENTS), { maxLength: 5 }),
  )
  .map(([root, parts]) => root + parts.join('/'))
  .filter((one) => one !== '');
const content = fc.oneof(mutatedText, fc.string({ unit: 'binary', maxLength: 40 }), fc.constant('\0\u0001'));
/** A skill's own files, some of them under other paths, and strangers beside them. */
const files: fc.Arbitrary<readonly (readonly [path: string, text: string])[]> = fc
  .tuple(
    fc.constantFrom(...realSkills),
    fc.constantFrom('', 'skill/', 'a/b/', '../', '/tmp/'),
    fc.array(fc.tuple(path, content), { maxLength: 4 }),
  )
  .map(([skill, below, more]) => [...skill.map((one) => [below + one.path, one.content] as const), ...more]);

/** Bytes that are changed: where, as a share of the length, and to what; most of an archive's claims stand at its end or its beginning. */
const damage = fc.array(
  fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 255 })),
  {
    maxLength: 4,
  },
);

function damaged(bytes: Uint8Array, changes: readonly (readonly [number, number])[]): Uint8Array {
  const copy = new Uint8Array(bytes);
  for (const [at, byte] of changes) copy[Math.min(copy.length - 1, Math.floor(at * copy.length))] = byte;
  return copy;
}

function zipOf(entries: readonly (readonly [string, string])[], attrs: number): Uint8Array {
  const zippable: Zippable = {};
  // not by assignment of an object: `__proto__` would be lost
  for (const [name, text] of entries) zippable[name] = [strToU8(text), { os: 3, attrs: attrs * 65_536 }];
  return zipSync(zippable);
}

async function tarOf(
  entries: readonly (readonly [string, string])[],
  type: 'file' | 'symlink' | 'link' | 'fifo',
): Promise<Uint8Array> {
  const packed = entries.map(([name, text]): TarEntry => {
    const body = strToU8(text);
    // as: modern-tar names only what it packs itself
    if (type !== 'file')
      return { header: { name, size: 0, type: type as 'symlink', linkname: '/etc/passwd' } };
    return { header: { name, size: body.length }, body };
  });
  return gzipSync(await packTar(packed).catch(() => new Uint8Array(1024)));
}

/** A sentence, or as much as is allowed, all of which a plan takes or names as left out. */
async function expectBounded(read: ReadArchive): Promise<void> {
  if (typeof read === 'string') {
    expect(read).toMatch(/^[A-Z][^/\\]*\.$|\.tar\.gz\.$/);
    return;
  }
  expect(read.length).toBeLessThanOrEqual(MAX_FILES);
  expect(read.reduce((sum, one) => sum + Buffer.byteLength(one.content ?? ''), 0)).toBeLessThanOrEqual(
    MAX_BYTES * 3,
  );
  const { plan, leftOut } = await importedPlan(read, 'a ZIP');
  for (const { reason } of leftOut) expect(reason).toMatch(/[.:]/);
  if (!plan) return;
  const checked = savePlan.safeParse(plan);
  if (!checked.success) return;
  for (const { manifest, files: beside = [] } of checked.data.drafts) {
    expect(pathFault(['SKILL.md', ...beside.map((one) => one.path)])).toBeUndefined();
    expect(manifest.name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  }
  writeInside(checked.data.drafts);
}

/** Writes them as the command line does, and looks at what lies beside the target afterwards. */
function writeInside(
  drafts: readonly {
    readonly manifest: { readonly name: string };
    readonly body: string;
    readonly files?: readonly { readonly path: string; readonly content: string }[] | undefined;
  }[],
): void {
  const outer = mkdtempSync(join(tmpdir(), 'oneturn-fuzz-'));
  try {
    mkdirSync(join(outer, 'below'));
    writeFileSync(join(outer, 'sentinel'), 'untouched');
    const folder = new SkillFolder(join(outer, 'below', 'skills'), { force: true, say: () => undefined });
    for (const { manifest, body, files: beside = [] } of drafts)
      folder.writeSkill(manifest.name, body, beside);
    expect(readdirSync(outer).toSorted()).toEqual(['below', 'sentinel']);
    expect(readdirSync(join(outer, 'below'))).toEqual(
      existsSync(join(outer, 'below', 'skills')) ? ['skills'] : [],
    );
    expect(readdirSync(join(outer, 'below', 'skills')).toSorted()).toEqual(
      [...new Set(drafts.map(({ manifest }) => manifest.name))].toSorted(),
    );
  } finally {
    rmSync(outer, { recursive: true });
  }
}

describe.skipIf(missing)('bent archives of real skills', () => {
  it('are taken from a ZIP inside of its target, or refused', async () => {
    const attrs = fc.constantFrom(0o100644, 0o100644, 0o100644, 0o100755, 0o120777, 0o060600, 0o040755);
    await fc.assert(
      fc.asyncProperty(files, attrs, damage, async (entries, mode, changes) => {
        await expectBounded(await readArchive(damaged(zipOf(entries, mode), changes)));
      }),
      { numRuns: timesOf(120, 2_000) },
    );
  });

  it('are taken from a .tar.gz inside of its target, or refused', async () => {
    const type = fc.constantFrom('file', 'file', 'file', 'symlink', 'link', 'fifo' as const);
    await fc.assert(
      fc.asyncProperty(files, type, damage, async (entries, kind, changes) => {
        await expectBounded(await readArchive(await tarOf(entries, kind)));
        await expectBounded(await readArchive(damaged(await tarOf(entries, kind), changes)));
      }),
      { numRuns: timesOf(80, 2_000) },
    );
  });

  it('have only paths that every system puts inside of the target, each its own file', () => {
    fc.assert(
      fc.property(fc.array(path, { maxLength: 6 }), (paths) => {
        const all = ['SKILL.md', ...paths];
        if (pathFault(all) !== undefined) return;
        for (const one of all) {
          expect(join('/target', one).startsWith('/target/')).toBe(true);
          expect(one).toMatch(/^[\w.+@/-]+$/);
        }
        expect(new Set(all.map((one) => one.toLowerCase())).size).toBe(all.length);
      }),
      { numRuns: timesOf(2000, 50_000) },
    );
  });
});
