import { createHmac } from 'node:crypto';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { ConfigError } from '../../../server/config/config.ts';
import { commandRoot } from '../../../server/vault/roots/command-root.ts';
import { fileRoot } from '../../../server/vault/roots/file-root.ts';
import { openRoots, parseRoots, refuseInside } from '../../../server/vault/roots/read-roots.ts';
import { VaultSealed } from '../../../server/vault/roots/root.ts';

const folder = mkdtempSync(join(tmpdir(), 'oneturn-roots-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const RAW = Buffer.from(Array.from({ length: 32 }, (_, i) => (i * 37 + 200) & 0xff));
const CONTEXT = Buffer.from('what is to be signed');
let made = 0;

function file(text: string, mode = 0o600): string {
  const path = join(folder, `root-${made++}`);
  writeFileSync(path, text, { mode });
  chmodSync(path, mode);
  return path;
}

function script(text: string): string {
  return file(`#!/bin/sh\n${text}\n`, 0o700);
}

it('signs with the 32 bytes of its file, with or without a line end', async () => {
  const wanted = createHmac('sha256', RAW).update(CONTEXT).digest();
  for (const end of ['', '\n'])
    expect(await fileRoot('r1', file(RAW.toString('base64url') + end, 0o400)).mac(CONTEXT)).toEqual(wanted);
});

it('takes no file that is not exactly a root', () => {
  const text = RAW.toString('base64url');
  for (const wrong of [
    '',
    text.slice(1),
    `${text}A`,
    `${text}\n\n`,
    `${text.slice(0, 42)}=`,
    RAW.toString('hex'),
    // the last two bits are none of the 32 bytes: two texts would be one root
    `${text.slice(0, 42)}${text.endsWith('A') ? 'B' : String.fromCharCode(text.charCodeAt(42) + 1)}`,
    `${text.slice(0, 20)} ${text.slice(21)}`,
    `${text.slice(0, 20)}+${text.slice(21)}`,
  ])
    expect(() => fileRoot('r1', file(wrong)), JSON.stringify(wrong)).toThrow(VaultSealed);
});

it('takes no file that others can read, that is a link, has a second name, or is not there', () => {
  const text = RAW.toString('base64url');
  expect(() => fileRoot('r1', file(text, 0o640))).toThrow(/chmod 600/);
  const [own, link, second] = [file(text), join(folder, 'link'), join(folder, 'second')];
  symlinkSync(own, link);
  expect(() => fileRoot('r1', link)).toThrow(VaultSealed);
  linkSync(own, second);
  expect(() => fileRoot('r1', own)).toThrow(/hard link/);
  expect(() => fileRoot('r1', join(folder, 'none'))).toThrow(/vault:init/);
});

it('quotes nothing of a file in what it says of it', () => {
  const text = `${RAW.toString('base64url')}!`;
  try {
    fileRoot('r1', file(text));
  } catch (error) {
    expect(String(error)).not.toContain(text.slice(0, 6));
  }
  expect.assertions(1);
});

it('asks a command on its standard input, and takes 32 to 64 bytes from its standard output', async () => {
  const sha = script('exec sha256sum - | head -c 64');
  const { createHash } = await import('node:crypto');
  const wanted = createHash('sha256').update(CONTEXT).digest('hex');
  expect((await commandRoot('k', sha).mac(CONTEXT)).toString()).toBe(wanted);
});

it.each([
  ['fails', 'head -c 32 /dev/zero; exit 3', /ended with a failure/],
  ['says too little', 'head -c 31 /dev/zero', /fewer than 32/],
  ['says too much', 'head -c 65 /dev/zero', /more than 64/],
  ['floods', 'exec cat /dev/zero', /more than 64/],
  ['lets another program flood', 'cat /dev/zero; exit 1', /more than 64/],
  ['hangs', 'exec sleep 60', /did not answer within 300 ms/],
  ['leaves its output to a program that hangs', 'sleep 60 &', /did not answer within 300 ms/],
  ['is killed', 'kill -9 $$', /ended with a failure/],
])('is sealed by a command that %s', async (_, text, said) => {
  await expect(commandRoot('k', script(text), 300).mac(CONTEXT)).rejects.toThrow(said);
});

it('gives a command nothing of the server’s settings', async () => {
  const seen = join(folder, 'environment');
  vi.stubEnv('AUTH_SECRET', 'a secret of the server');
  vi.stubEnv('HOSTED_KEY', 'the key of its operator');
  await commandRoot('k', script(`env > ${seen}; head -c 32 /dev/zero`)).mac(CONTEXT);
  vi.unstubAllEnvs();
  const names = readFileSync(seen, 'utf8')
    .split('\n')
    .map((line) => line.split('=')[0]);
  expect(names).toContain('PATH');
  for (const name of ['AUTH_SECRET', 'HOSTED_KEY', 'VITEST']) expect(names).not.toContain(name);
});

it('is sealed by a command that is not there', async () => {
  await expect(commandRoot('k', join(folder, 'none')).mac(CONTEXT)).rejects.toThrow(/cannot be started/);
});

it('reads a list of roots, and refuses what is none', () => {
  expect(parseRoots('r1=file:/a, kms=command:/usr/bin/x')).toEqual([
    { id: 'r1', kind: 'file', path: '/a' },
    { id: 'kms', kind: 'command', path: '/usr/bin/x' },
  ]);
  for (const wrong of ['r1', 'r1=file:a', 'R1=file:/a', 'r1=kms:/a', 'r1=file:/a r1=file:/b'])
    expect(() => parseRoots(wrong), wrong).toThrow(ConfigError);
});

it('refuses a root that is another setting’s secret, in any way of writing it', () => {
  const path = file(RAW.toString('base64url'));
  const named = parseRoots(`r1=file:${path}`);
  for (const same of [RAW.toString('base64url'), RAW.toString('hex'), RAW.toString('base64')])
    expect(() => openRoots(named, [undefined, same])).toThrow(ConfigError);
  expect(openRoots(named, ['another secret of thirty-two chars or more'])).toHaveLength(1);
});

it('takes a root file that comes back after the start, unless it is another setting’s secret', async () => {
  const text = RAW.toString('base64url');
  const paths = [join(folder, 'later'), join(folder, 'shared')];
  const named = parseRoots(`r1=file:${paths[0]} r2=file:${paths[1]}`);
  const other = Buffer.alloc(32, 7).toString('base64url');
  const [root, shared] = openRoots(named, [other]);
  await expect(root?.mac(CONTEXT)).rejects.toThrow(VaultSealed);
  writeFileSync(paths[0] ?? '', text, { mode: 0o600 });
  writeFileSync(paths[1] ?? '', other, { mode: 0o600 });
  expect(await root?.mac(CONTEXT)).toEqual(createHmac('sha256', RAW).update(CONTEXT).digest());
  const refused = await shared?.mac(CONTEXT).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(VaultSealed);
  expect(String(refused)).toContain('is also AUTH_SECRET');
});

it('refuses a root file in the data folder, of which backups are made, by whatever way it is named', () => {
  const [data, way, there] = [join(folder, 'data'), join(folder, 'way'), join(folder, '..data')];
  mkdirSync(join(data, 'deep'), { recursive: true });
  symlinkSync(data, way);
  mkdirSync(there);
  for (const path of [`${data}/root`, `${data}/deep/root`, `${way}/root`, `${folder}/data/../data/root`])
    expect(() => refuseInside(parseRoots(`r1=file:/etc/root r2=file:${path}`), data), path).toThrow(
      ConfigError,
    );
  expect(() => refuseInside(parseRoots(`r1=file:${data}/root`), way)).toThrow(/lies in DATA_DIR/);
  for (const path of [`${folder}/root`, `${there}/root`, `${folder}/data-root`])
    expect(() => refuseInside(parseRoots(`r1=file:${path}`), data), path).not.toThrow();
  expect(() => refuseInside(parseRoots(`r1=command:${data}/ask`), data)).not.toThrow();
});

it('lets the start go on without its file, and says so when it is asked', async () => {
  const [root] = openRoots(parseRoots(`r1=file:${join(folder, 'gone')}`), []);
  await expect(root?.mac(CONTEXT)).rejects.toThrow(VaultSealed);
});
