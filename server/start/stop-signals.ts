import { bugFields, type Log } from '../telemetry/log.ts';

/** What the process does when it is told to end. */
export interface StopSignals {
  /** Whether the process was told to end. */
  readonly asked: () => boolean;
  /** Sets what ends the process in order, and runs it at once when the signal has come already. The process exits afterwards. */
  stopWith(stop: () => Promise<void>): void;
  /** As the first signal does; more than once is no more. */
  ask(): void;
}

/**
 * Handles SIGTERM and SIGINT from the first moment, before there is anything to stop: by the signal's default a PostgreSQL that is just
 * starting would outlive this process. A second signal exits at once.
 */
export function hearStopSignals(log: Log): StopSignals {
  let asked = false;
  let signals = 0;
  let stop: (() => Promise<void>) | undefined;
  let ending = false;
  const end = (): void => {
    asked = true;
    if (ending || stop === undefined) return;
    ending = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error('the stop broke', bugFields(error));
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      signals += 1;
      if (signals > 1) process.exit(1);
      end();
    });
  return {
    asked: () => asked,
    ask: end,
    stopWith(given) {
      stop = given;
      if (asked) end();
    },
  };
}
