import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test('npm run prove finds the key at its provider alone', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--import',
    'tsx',
    'test/leak/prove.ts',
    '--no-write',
  ]);
  expect(stdout).toContain('The key was in the auth header of its provider, and nowhere else.');
  expect(stdout).not.toContain('MISSED IT');
});
