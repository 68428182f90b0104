import { expect, test } from 'vitest';
import { timesOf } from '../full.ts';
import { buildPrograms } from './programs.ts';
import { faultsOf, runFaults } from './run-faults.ts';

/** The short form of `npm run test:faults`. What takes long in it is pg-boss, who notices a dead worker after 10 to 20 seconds. */
const programs = await buildPrograms();

test('kills of the server, the worker and PostgreSQL lose no plan and no bundle, double none, and leave every run ended once', {
  timeout: 1_800_000,
}, async () => {
  const report = await runFaults({ programs, kills: timesOf(4, 21) });
  expect(faultsOf(report)).toEqual({});
  expect(report.saves.acknowledged).toBeGreaterThan(0);
  expect(report.runs.acknowledged).toBeGreaterThan(0);
  expect(report.bundles.acknowledged).toBeGreaterThan(0);
  expect(report.bundles.installed).toBeGreaterThan(0);
});
