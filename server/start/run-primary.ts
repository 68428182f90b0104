import { authSecret } from '../accounts/auth-secret.ts';
import { HEAD_KEY, requireHeadFile } from '../audit/head-file.ts';
import { type Config, ConfigError } from '../config/config.ts';
import { type Members, startMembers } from '../processes/members.ts';
import { createSharedState } from '../processes/shared-state.ts';
import { stateAtPrimary } from '../processes/state-at-primary.ts';
import { createServerSigner } from '../receipts/server-signer.ts';
import { createSandbox } from '../sandbox/create-sandbox.ts';
import { createPeriodSecrets } from '../sealing/period-secrets.ts';
import { signingKey } from '../storage/signing-key.ts';
import type { Storage } from '../storage/start-storage.ts';
import { createWriteProbe } from '../storage/write-probe.ts';
import { bugFields, type Log } from '../telemetry/log.ts';
import type { StopSignals } from './stop-signals.ts';

/** How often it is looked whether the database is there again. */
const LOOK_MS = 500;

/** `storage` is started already, and is stopped with the primary. */
export interface PrimaryOptions {
  readonly processes: number;
  readonly storage: Storage;
  readonly log: Log;
  readonly signals: StopSignals;
}

/** Several processes that serve, under one that owns what they share: the database's start and stop, the sandbox, limits, receipts. */
export interface Primary {
  readonly url: string;
  stop(): Promise<void>;
}

/** Resolves when all listen. When it cannot go on later, it stops, says why, and ends the process with 1. */
export async function startPrimary(
  config: Config,
  { processes, storage, log, signals }: PrimaryOptions,
): Promise<Primary> {
  makeFiles(config);
  const now = (): number => Date.now();
  const secrets = createPeriodSecrets(now);
  const sandbox = await createSandbox({ pace: config.SANDBOX_PACE });
  const members = startMembers({
    processes,
    port: config.PORT,
    hello: {
      address: config.DATABASE_URL === undefined ? storage.address : undefined,
      sandboxOrigin: sandbox.origin,
      sealing: { server: secrets.server, born: secrets.born },
    },
    state: stateAtPrimary(createSharedState(config), secrets),
    notReady: createWriteProbe(config.DATA_DIR, () => performance.now()),
    canStart: () => untilThere(storage),
    log,
  });
  const stop = async (): Promise<void> => {
    await members.stop();
    await sandbox.close();
    await storage.stop();
  };
  // a signal while they start is theirs to hear too
  signals.stopWith(stop);
  const url = await firstOf(members).catch(async (error: unknown) => {
    await members.stop();
    await sandbox.close();
    throw error;
  });
  void members.over.then((sentence) => endWith(sentence, stop, log));
  return { url, stop };
}

function firstOf({ listening, over }: Members): Promise<string> {
  return Promise.race([
    listening,
    over.then((sentence) => {
      throw new ConfigError(sentence);
    }),
  ]);
}

/** What each process would make on its own if it were not there, made before there are several. */
function makeFiles(config: Config): void {
  createServerSigner(config.DATA_DIR);
  requireHeadFile(config);
  signingKey(config.DATA_DIR, HEAD_KEY);
  authSecret(config.AUTH_SECRET, config.DATA_DIR);
}

/** A process that starts while the database is away would only end again. */
async function untilThere(storage: Storage): Promise<void> {
  while ((await storage.notReady()) !== undefined)
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
}

function endWith(sentence: string, stop: () => Promise<void>, log: Log): void {
  stop()
    .catch((error: unknown) => log.error('the stop broke', bugFields(error)))
    .finally(() => {
      console.error(sentence);
      process.exit(1);
    });
}
