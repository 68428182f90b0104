import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadEnv } from '../../../server/config/load-env.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oneturn-env-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  for (const name of ['ONETURN_TEST_A', 'ONETURN_TEST_B']) delete process.env[name];
});

test('reads the file beside package.json, and the environment wins', () => {
  process.env['ONETURN_TEST_B'] = 'environment';
  writeFileSync(join(folder, '.env'), '# words\nONETURN_TEST_A="of the file"\nONETURN_TEST_B=file\n');
  loadEnv(folder);
  expect(process.env['ONETURN_TEST_A']).toBe('of the file');
  expect(process.env['ONETURN_TEST_B']).toBe('environment');
});

test('goes on without one', () => {
  expect(() => loadEnv(folder)).not.toThrow();
});
