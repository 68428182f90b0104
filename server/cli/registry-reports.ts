import { parseArgs } from 'node:util';
import { plainText } from '../../shared/providers/plain-text.ts';
import { dismissReport, openReports } from '../registry/curation/take-down.ts';
import { withStorage } from './operator-storage.ts';

/** `npm run registry:reports`: what readers say of skills. `-- --dismiss ID` closes one; taking the skill down closes it too. */

const { values } = parseArgs({ options: { dismiss: { type: 'string' } } });
const { dismiss } = values;

if (dismiss !== undefined) {
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(dismiss);
  const done = isId && (await withStorage((db) => dismissReport(db, dismiss)));
  console.log(done ? 'Dismissed.' : 'There is no such open report.');
  process.exitCode = done ? 0 : 1;
} else {
  const reports = await withStorage((db) => openReports(db));
  if (reports.length === 0) console.log('No report is open.');
  for (const { id, handle, name, version, cause, note, reported_at, reporter } of reports) {
    const by = reporter ?? 'somebody without an account';
    console.log(
      `${reported_at.toISOString().slice(0, 10)}  ${handle}/${name} ${version}  ${cause}, by ${by}`,
    );
    // anybody writes it, and a terminal obeys escape sequences
    console.log(`  ${plainText(note)}\n  ${id}`);
  }
  if (reports.length > 0)
    console.log(
      '\nnpm run registry:takedown -- OWNER/NAME --reason TEXT · npm run registry:reports -- --dismiss ID',
    );
}
