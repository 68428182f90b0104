import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BUNDLE_SIGNATURE_FILE, SIGNATURE_FILE } from '../../../shared/signing/model-signature.ts';
import { buildProgram } from '../../build.ts';
import { makeSigner, type TestSigner } from '../../shared/signing/signer.ts';
import { signedBundle, skillFiles } from '../registry/author.ts';

const signer = await makeSigner();
const skills = { 'weave-baskets': skillFiles('weave-baskets'), 'dye-willow': skillFiles('dye-willow') };
const bundle = await signedBundle({ handle: 'ada', name: 'basketry', skills }, signer);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oneturn-verify-'));
  put('bundle/bundle.json', bundle.manifest);
  put(`bundle/${BUNDLE_SIGNATURE_FILE}`, bundle.signature ?? '');
  for (const [i, name] of Object.keys(skills).entries()) {
    for (const { path, content } of bundle.skills[i]?.files ?? []) put(`bundle/${name}/${path}`, content);
    put(`bundle/${name}/${SIGNATURE_FILE}`, bundle.skills[i]?.signature ?? '');
  }
  put('ada.pem', signer.pem);
  putKeys('ada.json', 'ada', signer);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(path: string, text: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function putKeys(path: string, handle: string, key: TestSigner, revokedAt: string | null = null): void {
  const info = { keyId: key.id, name: 'laptop', pem: key.pem, createdAt: '2026-11-01T00:00:00Z', revokedAt };
  put(path, JSON.stringify({ handle, keys: [info] }));
}

async function verify(...args: readonly string[]) {
  const program = await buildProgram('server/cli/verify.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(stdout + stderr).not.toMatch(/^\s+at /m);
  return { code: status, stdout, stderr };
}

const skill = 'bundle/weave-baskets';

test('says who signed what, of a skill, of a bundle and of a folder of skills', async () => {
  const one = await verify(skill, '--key', 'ada.json');
  expect(one).toMatchObject({ code: 0, stderr: '' });
  expect(one.stdout).toBe(
    `good  weave-baskets\n      Signed by ada, key ${signer.id}.\n      Files signed: SKILL.md, references/guide.md\n`,
  );
  const all = await verify('bundle', '--key', 'ada.json');
  expect(all.code).toBe(0);
  expect(all.stdout.match(/^good {2}.*/gm)).toEqual([
    'good  basketry 1.0.0',
    'good  dye-willow',
    'good  weave-baskets',
  ]);
  rmSync(join(folder, 'bundle/bundle.json'));
  rmSync(join(folder, `bundle/${BUNDLE_SIGNATURE_FILE}`));
  const pem = await verify('bundle', '--key', 'ada.pem');
  expect(pem.code).toBe(0);
  expect(pem.stdout).toContain('A PEM file does not say whether its key was revoked.');
});

test('names each file that is changed, missing or extra, links too', async () => {
  put(`${skill}/SKILL.md`, `${skills['weave-baskets'][0]?.content}\n`);
  rmSync(join(folder, skill, 'references/guide.md'));
  put(`${skill}/.hidden.sh`, 'ls');
  symlinkSync('/', join(folder, skill, 'root'));
  const { code, stdout } = await verify(skill, '--key', 'ada.json');
  expect(code).toBe(1);
  expect(stdout.split('\n').slice(0, 5)).toEqual([
    'BAD   weave-baskets',
    '      extra: .hidden.sh is not signed',
    '      changed: SKILL.md',
    '      missing: references/guide.md',
    '      extra: root is a link or no file, which no skill has',
  ]);
});

test('trusts no key but those that it is given', async () => {
  const stranger = await makeSigner();
  putKeys('eve.json', 'eve', stranger);
  expect(await verify(skill, '--key', 'eve.json')).toMatchObject({
    code: 1,
    stdout: expect.stringContaining(`key ${signer.id}, which is not among the keys that you trust`),
  });
  // signed by eve, who says that it was ada
  const forged = await signedBundle(
    { handle: 'ada', name: 'basketry', skills },
    { ...stranger, id: signer.id },
  );
  put(`${skill}/${SIGNATURE_FILE}`, forged.skills[0]?.signature ?? '');
  expect(await verify(skill, '--key', 'ada.json')).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('was not made by this signing key'),
  });
  expect(await verify(skill)).toMatchObject({ code: 2, stderr: expect.stringContaining('Not checked') });
});

test('takes a revoked key for what was published before, and only for that', async () => {
  putKeys('ada.json', 'ada', signer, '2026-11-20T00:00:00.000Z');
  const at = (...date: readonly string[]) => verify(skill, '--key', 'ada.json', ...date);
  expect(await at('--at', '2026-11-19T23:59:59Z')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('revoked at 2026-11-20T00:00:00.000Z, after 2026-11-19'),
  });
  for (const date of [['--at', '2026-11-20T00:00:00Z'], ['--at', '2026-11-28T00:00:00Z'], []])
    expect(await at(...date)).toMatchObject({ code: 1, stdout: expect.stringContaining('BAD') });
});

test('finds skills that were added to a bundle, taken from it or exchanged for other signed ones', async () => {
  const other = await signedBundle(
    { handle: 'ada', name: 'x', skills: { 'weave-baskets': skillFiles('weave-baskets', 'Old.\n') } },
    signer,
  );
  put(`${skill}/SKILL.md`, other.skills[0]?.files[0]?.content ?? '');
  put(`${skill}/${SIGNATURE_FILE}`, other.skills[0]?.signature ?? '');
  rmSync(join(folder, 'bundle/dye-willow'), { recursive: true });
  put('bundle/extra/SKILL.md', skillFiles('extra')[0]?.content ?? '');
  put('bundle/setup.sh', 'ls');
  const { code, stdout } = await verify('bundle', '--key', 'ada.json');
  expect(code).toBe(1);
  for (const fault of [
    'changed: the skill weave-baskets',
    'missing: the skill dye-willow',
    'extra: the skill extra',
    'extra: setup.sh is not signed',
    'skill.oms.sig is missing: nobody signed this.',
    'good  weave-baskets',
  ])
    expect(stdout).toContain(fault);
  putKeys('bob.json', 'bob', signer);
  expect((await verify('bundle', '--key', 'bob.json')).stdout).toContain(
    'bundle.json names ada as its publisher, but bob signed it',
  );
});

test('says what it cannot check, with 2', async () => {
  put('nothing/readme.txt', 'x');
  put('broken.json', '{');
  const cases = [
    [['nowhere'], 'There is no nowhere.'],
    [['nothing', '--key', 'ada.pem'], 'There is no skill and no bundle'],
    [[skill, '--key', 'nowhere.pem'], 'cannot be read'],
    [[skill, '--key', 'broken.json'], 'holds no public signing key'],
    [[skill, '--key', 'ada.pem', '--at', 'yesterday'], '--at is no date'],
    [[skill, '--what'], 'npm run verify --'],
  ] as const;
  for (const [args, said] of cases)
    expect(await verify(...args)).toMatchObject({ code: 2, stderr: expect.stringContaining(said) });
});
