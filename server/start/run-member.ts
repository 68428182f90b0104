import { AggregatorRegistry } from 'prom-client';
import { Reviews } from '../byo/reviews.ts';
import { type Config, ConfigError } from '../config/config.ts';
import type { Hello, MemberCalls, PrimaryCalls } from '../processes/calls.ts';
import { type Channel, createChannel, type Port } from '../processes/channel.ts';
import { createPassedAnswers } from '../processes/passed-answers.ts';
import { stateOverPrimary } from '../processes/state-over-primary.ts';
import { systemClock } from '../providers/clock.ts';
import { publishStarter } from '../registry/starter/publish-starter.ts';
import { attachStorage } from '../storage/start-storage.ts';
import { StorageError } from '../storage/storage-error.ts';
import { bugFields, type Log } from '../telemetry/log.ts';
import { type RunningServer, startServer } from './start-server.ts';
import type { StopSignals } from './stop-signals.ts';

/** What every process of a server finds out for itself. */
export interface MemberOptions {
  readonly processes: number;
  readonly build: string;
  readonly webRoot: string;
  readonly log: Log;
  readonly signals: StopSignals;
}

/** One of several processes that serve. It ends with its primary, and when it is told to. */
export async function runMember(config: Config, options: MemberOptions): Promise<void> {
  const { log, signals } = options;
  let server: RunningServer | undefined;
  let passed: Awaited<ReturnType<typeof createPassedAnswers>> | undefined;
  const channel = createChannel<PrimaryCalls, MemberCalls>(
    portOfPrimary(),
    {
      takeAnswer: (answer) => {
        if (passed === undefined) throw new Error('Nobody can know of a plan before this process listens.');
        return passed.take(answer);
      },
      ready: () => server?.notReady(),
      metrics: async () => (await server?.parts.metrics.registry.getMetricsAsJSON()) ?? [],
      stop: () => signals.ask(),
    },
    (bug) => log.error('what the primary asked broke', bugFields(bug)),
  );
  try {
    const hello = await channel.ask('hello', {});
    passed = await createPassedAnswers(new Reviews(systemClock, () => Date.now()), channel);
    server = await serve(config, options, { hello, channel, passed });
    await channel.ask('listening', { url: server.url, reviewer: passed.reviewer });
  } catch (error) {
    await channel.ask('failed', { sentence: sentenceOf(error) });
    process.exit(1);
  }
  const { stop } = server;
  signals.stopWith(() => stop());
}

interface Met {
  readonly hello: Hello;
  readonly channel: Channel<PrimaryCalls>;
  readonly passed: Awaited<ReturnType<typeof createPassedAnswers>>;
}

async function serve(
  config: Config,
  { processes, build, webRoot, log }: MemberOptions,
  { hello, channel, passed }: Met,
): Promise<RunningServer> {
  const address = hello.address ?? { connectionString: config.DATABASE_URL ?? '' };
  const storage = attachStorage(address, log);
  const own = {
    ...config,
    PORT: hello.port,
    HOSTED_WORKERS: shareOf(config.HOSTED_WORKERS, processes, hello.member),
  };
  const server = await startServer(own, {
    log,
    build,
    webRoot,
    storage,
    shared: stateOverPrimary(channel, hello, { secret: config.SEALING_SECRET, reviews: passed.desk }),
    whole: {
      sandboxOrigin: hello.sandboxOrigin,
      notReady: () => channel.ask('ready', {}),
      metricsText: async () =>
        // as: prom-client takes what it gave
        AggregatorRegistry.aggregate([...(await channel.ask('metrics', {}))] as never).metrics(),
    },
  });
  // nobody waits for it: what is there is found again at the next start
  if (hello.member === 0 && config.STARTER_CATALOGUE === 'on') void publishStarter(storage.db, log);
  return server;
}

/** The settings count hosted runs of the whole server. */
export function shareOf(all: number, processes: number, member: number): number {
  return Math.floor(all / processes) + (member < all % processes ? 1 : 0);
}

function sentenceOf(error: unknown): string {
  const known = error instanceof ConfigError || error instanceof StorageError;
  return known
    ? error.message
    : `The start failed (${bugFields(error)['kind']} at ${bugFields(error)['at']}).`;
}

function portOfPrimary(): Port {
  return {
    send: (message, done) => process.send?.(message, undefined, undefined, done),
    // as: of the two events, each with its listener
    on: (event: string, listener: (message: unknown) => void) => process.on(event as 'message', listener),
  };
}
