import { bugFields, type Log } from '../telemetry/log.ts';

/** What the process does when it is told to end. */
export interface StopSignals {
  /** Whether the process was told to end. */
  readonly asked: () => boolean;
  /** What ends it in order; at once if it was told so already. The process exits afterwards. */
  stopWith(stop: () => Promise<void>): void;
}

/**
 * Hears SIGTERM and SIGINT from now on, before there is anything to stop: a PostgreSQL that is just starting would outlive a process that
 * ends by the signal's default. A second signal ends the wait.
 */
export function hearStopSignals(log: Log): StopSignals {
  let asked = false;
  let stop: (() => Promise<void>) | undefined;
  const end = (): void => {
    stop?.().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error('the stop broke', bugFields(error));
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (asked) process.exit(1);
      asked = true;
      end();
    });
  return {
    asked: () => asked,
    stopWith(given) {
      stop = given;
      if (asked) end();
    },
  };
}
