import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openPlan, signUpWithPlan } from './account-pages.ts';

/** What the tests of the publish wizard share: an account with a saved plan, and the client that installs. */

const CLIENT = join(import.meta.dirname, '../../node_modules/skills/bin/cli.mjs');

export const next = (page: Page, step: string) => page.getByRole('button', { name: `Next: ${step}` });
export const stepTitle = (page: Page, title: string) => page.getByRole('heading', { level: 2, name: title });

/** Signs up, composes in the sandbox and saves; the page is the saved plan's. */
export async function savePlan(page: Page, url: string, handle: string): Promise<void> {
  await page.goto(`${url}/compose`);
  await signUpWithPlan(page, handle);
  await openPlan(page).click();
  await page.getByRole('link', { name: 'Publish', exact: true }).waitFor();
}

/** Presses Next when the step is done. */
export async function goOn(page: Page, step: string): Promise<void> {
  const button = next(page, step);
  await button.and(page.locator('[aria-disabled=false]')).waitFor();
  await button.click();
  await stepTitle(page, step).waitFor();
}

/** What the page says that it signs: `name/SKILL.md` with its digest. */
export async function digestsIn(page: Page): Promise<ReadonlyMap<string, string>> {
  const rows = await page
    .locator('li', { has: page.locator('code') })
    .filter({ hasText: 'SKILL.md' })
    .all();
  const pairs = rows.map(
    async (row) =>
      [await row.locator('.skill-name').innerText(), await row.locator('code').innerText()] as const,
  );
  return new Map(await Promise.all(pairs));
}

/** Installs what a command that the page shows names, as its reader would, and gives each file with its digest. */
export async function install(command: string): Promise<ReadonlyMap<string, string>> {
  const [, source = ''] = /^npx skills add (\S+)$/.exec(command) ?? [];
  const cwd = mkdtempSync(join(tmpdir(), 'oneturn-installed-'));
  try {
    const env = { PATH: process.env['PATH'], HOME: cwd, DISABLE_TELEMETRY: '1', DO_NOT_TRACK: '1', CI: '1' };
    const args = [CLIENT, 'add', source, '--skill', '*', '-a', 'claude-code', '--copy', '-y'];
    await new Promise<void>((done, fail) => {
      execFile(process.execPath, args, { cwd, env, timeout: 240_000 }, (error, stdout, stderr) =>
        error ? fail(new Error(`${stdout}\n${stderr}`, { cause: error })) : done(),
      );
    });
    const folder = join(cwd, '.claude/skills');
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    );
    return new Map(
      entries.map((entry) => {
        const path = join(entry.parentPath, entry.name);
        const digest = createHash('sha256').update(readFileSync(path)).digest('hex');
        return [path.slice(folder.length + 1), `sha256:${digest}`];
      }),
    );
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** A picture of the state, for who asks for pictures. */
export async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env['SHOTS_DIR'];
  if (folder) await page.screenshot({ path: join(folder, `publish-${name}.png`), fullPage: true });
}
