import { startStorage } from '../../../../server/storage/start-storage.ts';
import { createLog } from '../../../../server/telemetry/log.ts';

/** A process that starts the storage in the folder of its first argument, and lives on until it is killed. */
const storage = await startStorage({
  databaseUrl: undefined,
  dataDir: process.argv[2] ?? '',
  log: createLog('info'),
}).catch((error: Error) => {
  console.log(JSON.stringify({ refused: error.message }));
  process.exit(1);
});
console.log(JSON.stringify({ started: storage.address }));
process.once('SIGTERM', () => void storage.stop().then(() => process.exit(0)));
setInterval(() => undefined, 60_000);
