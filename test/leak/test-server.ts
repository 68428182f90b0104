import { readConfig } from '../../server/config/config.ts';
import { startServer } from '../../server/start/start-server.ts';
import { createLog } from '../../server/telemetry/log.ts';

/**
 * The whole server in a process of its own, with a local server where every provider would be (UPSTREAM, and UPSTREAM_CA for its
 * certificate). Answers on IPC: its address, and with --expose-gc a collection, which moves what lies on V8's heap and leaves copies of it.
 */
const { UPSTREAM = '', UPSTREAM_CA } = process.env;
const config = readConfig({ PORT: '0', RUNS_PER_MINUTE: '100000', CONCURRENT_RUNS: '10000', ...process.env });
const standIn = { origin: UPSTREAM, ...(UPSTREAM_CA && { ca: [UPSTREAM_CA] }) };
const server = await startServer(config, { log: createLog(config.LOG_LEVEL), build: 'test', standIn });
const { gc } = globalThis as { gc?: (how: { type: 'minor' | 'major' }) => void }; // as: there with --expose-gc
process.on('message', (type) => {
  if (type === 'minor' || type === 'major') {
    gc?.({ type });
    process.send?.({ collected: true });
  }
});
process.send?.({ url: server.url });
