import { spawn } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, expect, it, vi } from 'vitest';
import { openRoots, parseRoots } from '../../../server/vault/roots/read-roots.ts';
import { WorkspaceSecrets } from '../../../server/vault/workspace-secrets.ts';
import { buildProgram } from '../../build.ts';
import { timesOf } from '../../full.ts';
import { until } from '../../until.ts';
import { testStorage, urlTo } from '../database.ts';
import { makeRoot } from './tampering.ts';

const WORKSPACES = timesOf(16, 200);
const KILLS = timesOf(2, 6);
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const storage = await testStorage();
const { db } = storage;
const root = makeRoot();
afterAll(() => root.remove());

/** A second root, and the same behind a program, as a KMS is, which takes its time for each answer: so the kills come in the middle. */
function secondRoot(): { readonly asFile: string; readonly asKms: string } {
  const [file, program] = [join(root.folder, 'second'), join(root.folder, 'kms')];
  const secret = randomBytes(32).toString('base64url');
  writeFileSync(file, secret, { mode: 0o600 });
  writeFileSync(
    program,
    `#!${process.execPath}
const mac = require('node:crypto').createHmac('sha256', Buffer.from('${secret}', 'base64url'));
process.stdin.on('data', (part) => mac.update(part)).on('end', () => process.stdout.write(mac.digest()));
`,
    { mode: 0o700 },
  );
  return { asFile: `r2=file:${file}`, asKms: `r2=command:${program}` };
}

const rewrapped = async (): Promise<number> => {
  const { count } = await db
    .selectFrom('vault_workspaces')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('root_id', '=', 'r2')
    .executeTakeFirstOrThrow();
  return Number(count);
};
const digest = (secret: Buffer): string => createHash('sha256').update(secret).digest('hex');

it('loses nothing when rewrapping is killed in the middle, and nobody who reads notices', async () => {
  const { asFile, asKms } = secondRoot();
  const secretsBy = (roots: string) => new WorkspaceSecrets(db, openRoots(parseRoots(roots), []));
  const maker = secretsBy(root.setting);
  const right = new Map<string, string>();
  for (let made = 0; made < WORKSPACES; made += 1) {
    const id = randomUUID();
    await sql`insert into workspaces (id, name, slug, "createdAt") values (${id}, 'w', ${id}, now())`.execute(
      db,
    );
    right.set(id, await maker.withSecretMade(id, async (secret) => digest(secret)));
  }

  let over = false;
  const tally = { reads: 0, failures: [] as unknown[] };
  // a server that has the new root second, and one that has it first
  const readers = [`${root.setting},${asFile}`, `${asFile},${root.setting}`].map(async (roots) => {
    const secrets = secretsBy(roots);
    for (;;)
      for (const [id, known] of right) {
        if (over) return;
        const read = await secrets
          .withSecret(id, async (secret) => digest(secret))
          .catch((error: unknown) => error);
        tally.reads += 1;
        if (read !== known) tally.failures.push(read);
        await after(1);
      }
  });

  const program = await buildProgram('server/cli/vault/rewrap.ts');
  const rewrap = () =>
    spawn(process.execPath, [program], {
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: urlTo(storage),
        DATA_DIR: root.folder,
        VAULT_ROOTS: `${asKms},${root.setting}`,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  const killedAt: number[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const begun = await rewrapped();
    const child = rewrap();
    const exited = once(child, 'exit');
    await until(async () => expect(await rewrapped()).toBeGreaterThan(begun));
    child.kill('SIGKILL');
    expect(await exited).toEqual([null, 'SIGKILL']);
    killedAt.push(await rewrapped());
  }
  expect(killedAt.at(-1)).toBeLessThan(WORKSPACES);
  const last = rewrap();
  const said: Buffer[] = [];
  last.stdout.on('data', (part: Buffer) => said.push(part));
  expect(await once(last, 'exit')).toEqual([0, null]);
  over = true;
  await Promise.all(readers);

  expect(Buffer.concat(said).toString()).toContain('None is left by another root');
  expect(await rewrapped()).toBe(WORKSPACES);
  expect(tally.failures).toEqual([]);
  expect(tally.reads).toBeGreaterThan(WORKSPACES);
  // the old root is not needed any more
  const alone = secretsBy(asFile);
  for (const [id, known] of [...right].slice(0, 10))
    expect(await alone.withSecret(id, async (secret) => digest(secret))).toBe(known);
});
