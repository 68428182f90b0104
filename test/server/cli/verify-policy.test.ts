import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { keyPolicy } from '../../../shared/contract/vault/key-policy.ts';
import { buildProgram } from '../../build.ts';
import { readConfig } from '../../leak/byo-client.ts';
import { testStorage } from '../database.ts';
import { ok } from '../idor-requests.ts';
import { startVaultLab, workspaceOf } from '../vault/vault-lab.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const lab = await startVaultLab(await testStorage());
const folder = mkdtempSync(join(tmpdir(), 'oneturn-verify-policy-'));
afterAll(async () => {
  await lab.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Not `spawnSync`: the server that it asks is in this process. */
async function verify(...args: readonly string[]) {
  const program = await buildProgram('server/cli/verify.ts');
  return new Promise<{ readonly code: unknown; readonly stdout: string; readonly stderr: string }>((done) => {
    execFile(process.execPath, [program, ...args], { cwd: folder }, (error, stdout, stderr) =>
      done({ code: error === null ? 0 : error.code, stdout, stderr }),
    );
  });
}

test('checks a policy at its address and as a file, and fails where keys may be stored', async () => {
  const owner = await lab.user('team-lead');
  const id = await workspaceOf(owner);
  const open = await verify(lab.url + ROUTES.serverPolicy);
  expect(open).toMatchObject({ code: 1, stderr: '' });
  expect(open.stdout).toContain('The policy is not in force: keys may be stored on this server.');

  await ok(owner.send('PUT', ROUTES.keyPolicy(id)));
  const { address } = keyPolicy.parse((await owner.send('GET', ROUTES.keyPolicy(id))).json);
  const url = lab.url + address;
  const good = await verify(url);
  expect(good).toMatchObject({ code: 0, stderr: '' });
  expect(good.stdout).toContain(
    `Good signature by ${lab.url}.\nNo provider key can be stored in the workspace team-lead.`,
  );

  const text = await (await fetch(url)).text();
  const { receiptKey } = await readConfig(lab.url);
  writeFileSync(join(folder, 'policy.json'), text);
  const file = await verify('policy.json', '--key', receiptKey.publicKey);
  expect(file).toMatchObject({ code: 0, stderr: '' });
  expect(file.stdout).toContain('Good signature by the given key.');
  expect((await verify('policy.json', '--server', lab.url)).code).toBe(0);

  // as: the envelope's own form
  const signed = JSON.parse(text) as { payload: string };
  const claim = Buffer.from(signed.payload, 'base64').toString().replace('"team-lead"', '"others"');
  const changed = { ...signed, payload: Buffer.from(claim).toString('base64') };
  writeFileSync(join(folder, 'changed.json'), JSON.stringify(changed));
  const bad = await verify('changed.json', '--key', receiptKey.publicKey);
  expect(bad).toMatchObject({ code: 1, stdout: '' });
  expect(bad.stderr).toContain('The signature does not match');
  expect((await verify(`${lab.url}/nothing.json`)).code).toBe(1);
});
