import { parseArgs } from 'node:util';
import { buildPrograms } from './programs.ts';
import { type FaultReport, faultsOf, runFaults } from './run-faults.ts';
import { VICTIMS } from './stage.ts';

/** `npm run test:faults`: kills at random moments, and what was acknowledged against what is there afterwards. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { kills: { type: 'string', default: '30' } } });
  const kills = Number(values.kills);
  const programs = await buildPrograms();
  const from = performance.now();
  const report = await runFaults({
    programs,
    kills,
    onKill: (victim, n) => console.log(`kill ${n} of ${kills}: ${victim}`),
  });
  print(report);
  console.log(`${((performance.now() - from) / 1000).toFixed(0)} s in all`);
  if (Object.keys(faultsOf(report)).length > 0) process.exitCode = 1;
}

function print({ kills, unanswered, saves, runs, bundles, audit, ended }: FaultReport): void {
  const table = (rows: readonly (readonly [string, string | number])[]): void => {
    for (const [what, value] of rows) console.log(`  ${what.padEnd(44)}${String(value).padStart(10)}`);
  };
  console.log('\nKilled');
  table(
    VICTIMS.map((victim) => {
      const times = kills.filter((one) => one.victim === victim).map(({ backMs }) => backMs);
      const worst =
        times.length === 0 ? '' : `, back after ${(Math.max(...times) / 1000).toFixed(1)} s at most`;
      return [`${victim}${worst}`, times.length] as const;
    }),
  );
  console.log('Plans');
  table([
    ['saves acknowledged', saves.acknowledged],
    ['given up by their client, there or not', saves.unacknowledged],
    ['acknowledged and lost', saves.lost],
    ['doubled', saves.doubled],
    ['edits acknowledged', saves.editsAcknowledged],
    ['edits acknowledged and lost', saves.editsLost],
    ['not as they were sent', saves.wrong],
  ]);
  console.log('Hosted runs');
  table([
    ['starts acknowledged', runs.acknowledged],
    ['acknowledged and lost', runs.lost],
    ['doubled', runs.doubled],
    ['done', runs.ends.done],
    ['requeued, then done', runs.ends.doneAfterRequeue],
    ['failed, after two dead workers', runs.ends.failed],
    ['cancelled', runs.ends.cancelled],
    ['not over', runs.notOver],
    ['not ended exactly once', runs.notOnce.length],
    ['still reserved, millionths of a USD', runs.reservedMicros],
    ['settled wrongly, millionths of a USD', runs.budgetErrorMicros],
  ]);
  console.log('Bundles');
  table([
    ['publications acknowledged', bundles.acknowledged],
    ['given up by their client, there or not', bundles.unacknowledged],
    ['archives installed from an index meanwhile', bundles.installed],
    ['lost, half, twice, or named and not there', bundles.faults.length],
  ]);
  console.log('Besides');
  table([
    ['requests without an answer, or with a 503', unanswered],
    [
      'audit log',
      audit.ok ? 'whole' : `${audit.fault} at ${'seq' in audit ? audit.seq : `line ${audit.headLine}`}`,
    ],
    ['processes that ended by themselves', ended.length],
  ]);
  for (const line of [...runs.notOnce, ...bundles.faults, ...ended]) console.log(`  ! ${line}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
