import { readConfig } from '../../server/config/config.ts';
import { startServer } from '../../server/start/start-server.ts';
import { startStorage } from '../../server/storage/start-storage.ts';
import { createLog } from '../../server/telemetry/log.ts';

/**
 * The whole server in a process of its own, with a local server where every provider would be (UPSTREAM, and UPSTREAM_CA for its
 * certificate), and with DATABASE_URL accounts, hosted runs and whatever else needs one. Answers on IPC: its address, and with --expose-gc a collection, which moves what lies on V8's heap and leaves copies of it.
 * With TAKE_FREED it takes what malloc was given back, at every turn, and writes over a little of it, as other parts of a process may do.
 */
const { UPSTREAM = '', UPSTREAM_CA, TAKE_FREED } = process.env;
const config = readConfig({ PORT: '0', RUNS_PER_MINUTE: '100000', CONCURRENT_RUNS: '10000', ...process.env });
const standIn = { origin: UPSTREAM, ...(UPSTREAM_CA && { ca: [UPSTREAM_CA] }) };
const log = createLog(config.LOG_LEVEL);
const { DATABASE_URL: databaseUrl, DATA_DIR: dataDir } = config;
const storage = databaseUrl === undefined ? undefined : await startStorage({ databaseUrl, dataDir, log });
const server = await startServer(config, { log, build: 'test', standIn, ...(storage && { storage }) });
const { gc } = globalThis as { gc?: (how: { type: 'minor' | 'major' }) => void }; // as: there with --expose-gc
if (TAKE_FREED) takeFreed();
process.on('message', (type) => {
  if (type === 'minor' || type === 'major') {
    gc?.({ type });
    process.send?.({ collected: true });
  }
});
process.send?.({ url: server.url });

/** Blocks of the size of a read, as they are: a key in one of them stays there, but for every 24th byte, as in V8's hash maps. */
function takeFreed(): void {
  const held: Buffer[] = [];
  const take = (): void => {
    for (let i = 0; i < 4; i++) {
      const block = Buffer.allocUnsafeSlow(65_536);
      for (let at = 16; at < block.length; at += 24) block[at] = 1;
      held.push(block);
    }
    held.splice(0, held.length - 256);
  };
  setInterval(take, 1).unref();
}
