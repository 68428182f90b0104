import { readConfig } from '../../server/config/config.ts';
import { startServer } from '../../server/start/start-server.ts';
import { createLog } from '../../server/telemetry/log.ts';

/**
 * The whole server in a process of its own, with a local server where every provider would be (UPSTREAM, and UPSTREAM_CA for its
 * certificate). Answers on IPC: its address, and on 'gc' a collection when node runs with --expose-gc.
 */
const { UPSTREAM = '', UPSTREAM_CA } = process.env;
const config = readConfig({ PORT: '0', RUNS_PER_MINUTE: '100000', CONCURRENT_RUNS: '10000', ...process.env });
const standIn = { origin: UPSTREAM, ...(UPSTREAM_CA && { ca: [UPSTREAM_CA] }) };
const server = await startServer(config, { log: createLog(config.LOG_LEVEL), build: 'test', standIn });
process.on('message', (message) => {
  if (message === 'gc') {
    (globalThis as { gc?: () => void }).gc?.(); // as: there with --expose-gc
    process.send?.({ collected: true });
  }
});
process.send?.({ url: server.url });
