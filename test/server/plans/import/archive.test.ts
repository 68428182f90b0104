import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { strToU8, type Zippable, zipSync } from 'fflate';
import { packTar } from 'modern-tar';
import { expect, it } from 'vitest';
import { readArchive } from '../../../../server/plans/import/read-archive.ts';

/** Hostile archives: each is refused in a sentence, and nothing is unpacked beyond what is allowed. */

const SKILL = strToU8('---\nname: weave\ndescription: Weaves. Use when asked.\n---\n\n# Weave\n');
const zip = (files: Zippable) => zipSync({ 'weave/SKILL.md': SKILL, ...files });

it('reads the texts of a ZIP and of a .tar.gz, and knows what is no text', async () => {
  const wanted = [
    { path: 'weave/SKILL.md', content: new TextDecoder().decode(SKILL) },
    { path: 'weave/logo.png', content: null },
  ];
  const logo = new Uint8Array([0x89, 0x50, 0xff, 0xfe]);
  expect(await readArchive(zip({ 'weave/logo.png': logo }))).toEqual(wanted);
  const tar = await packTar([
    { header: { name: 'weave/', type: 'directory', size: 0 } },
    { header: { name: './weave/SKILL.md', size: SKILL.length }, body: SKILL },
    { header: { name: 'weave/logo.png', size: logo.length }, body: logo },
  ]);
  expect(await readArchive(gzipSync(tar))).toEqual(wanted);
});

it('refuses a link in a ZIP, and one in a tar', async () => {
  const link = zip({ 'weave/notes.md': [strToU8('/etc/passwd'), { os: 3, attrs: 0o120777 * 65_536 }] });
  expect(await readArchive(link)).toBe('The archive has a link in it.');
  const header = { name: 'weave/notes.md', size: 0, type: 'symlink' as const, linkname: '/etc/passwd' };
  expect(await readArchive(gzipSync(await packTar([{ header }])))).toBe(
    'The archive has a link or a device in it.',
  );
});

it('refuses what unpacks to more than 10 MB, also where it lies about it', async () => {
  const bomb = zip({ 'weave/zeros.txt': new Uint8Array(11_000_000) });
  expect(bomb.length).toBeLessThan(50_000);
  expect(await readArchive(bomb)).toBe('The archive unpacks to more than 10 MB.');
  const tar = await packTar([{ header: { name: 'a', size: 11_000_000 }, body: new Uint8Array(11_000_000) }]);
  expect(await readArchive(gzipSync(tar))).toBe('The archive is damaged, or unpacks to more than 10 MB.');

  // the entry of the central directory says 1 byte
  const liar = Buffer.from(zip({ 'weave/zeros.txt': new Uint8Array(9_000_000) }));
  const last = liar.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
  liar.writeUInt32LE(1, last + 24);
  expect(await readArchive(liar)).toBe('The archive is damaged, or has a path that leads out of it.');
});

it.each(['../weave/SKILL.md', '/etc/cron.d/x', 'C:/x', 'weave\\..\\..\\x'])(
  'refuses the path %s in a ZIP',
  async (path) => {
    expect(await readArchive(zip({ [path]: SKILL }))).toBe(
      'The archive is damaged, or has a path that leads out of it.',
    );
  },
);

it('refuses too many files, and what is no archive', async () => {
  const many = Object.fromEntries(Array.from({ length: 501 }, (_, at) => [`weave/${at}.md`, SKILL]));
  expect(await readArchive(zip(many))).toBe('The archive has more than 500 files.');
  expect(await readArchive(strToU8('<html>'))).toBe('This is neither a ZIP nor a .tar.gz.');
  expect(await readArchive(new Uint8Array())).toBe('This is neither a ZIP nor a .tar.gz.');
});

it('answers every damaged ZIP or tar with files or a sentence', async () => {
  const whole = [
    zip({ 'weave/references/a.md': SKILL }),
    gzipSync(await packTar([{ header: { name: 'a/SKILL.md', size: SKILL.length }, body: SKILL }])),
  ];
  const damage = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
    minLength: 1,
    maxLength: 12,
  });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...whole), damage, fc.nat(), async (archive, changes, cut) => {
      const bytes = new Uint8Array(archive).slice(
        0,
        archive.length - (cut % 3 === 0 ? cut % archive.length : 0),
      );
      for (const [at, byte] of changes) if (bytes.length > 0) bytes[at % bytes.length] = byte;
      const read = await readArchive(bytes);
      if (typeof read === 'string') expect(read).toMatch(/\.$/);
      else expect(read.every(({ path }) => !path.startsWith('/') || bytes[0] === 0x1f)).toBe(true);
    }),
    { numRuns: 300 },
  );
});
