import cluster from 'node:cluster';
import { type Config, ConfigError, readConfig } from '../config/config.ts';
import { loadEnv } from '../config/load-env.ts';
import { StorageError } from '../storage/storage-error.ts';
import { bugFields, createLog, type Log } from '../telemetry/log.ts';
import { refuseUnsafeStart } from './refuse-unsafe-start.ts';

/**
 * How a server and a worker begin: settings, refusal of flags that would write a key to disk, a log, and handlers for unexpected errors.
 * When `start` fails, the reason is printed without any error's own message, which may quote what it failed on, and the process exits with
 * 1.
 */
export async function runProgram(start: (config: Config, log: Log) => Promise<void>): Promise<void> {
  try {
    loadEnv();
    const config = readConfig(process.env);
    refuseUnsafeStart(process.env, process.execArgv);
    // Without a listener Node would open its debugger on this signal.
    process.on('SIGUSR1', () => undefined);
    const log = createLog(config.LOG_LEVEL, process.stdout, cluster.isWorker ? process.pid : undefined);
    process.on('uncaughtException', (error) => log.error('uncaught', bugFields(error)));
    process.on('unhandledRejection', (error) => log.error('unhandled rejection', bugFields(error)));
    // When nothing reads stdout any more, the pipe reports an error. The program goes on without a log.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
    await start(config, log);
  } catch (error) {
    const known = error instanceof ConfigError || error instanceof StorageError;
    console.error(
      known ? error.message : `The start failed (${bugFields(error)['kind']} at ${bugFields(error)['at']}).`,
    );
    process.exit(1);
  }
}
