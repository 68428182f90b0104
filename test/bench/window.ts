import type { Sample } from './processes/load.ts';
import type { SourceScript } from './processes/source.ts';
import { settle } from './settle.ts';
import { cpuUs } from './usage.ts';
import type { Variant } from './variants.ts';
import type { Load, Source } from './world.ts';

export interface Window extends Sample {
  /** Processor time of the process in between for each of the provider's events. */
  readonly cpuUsPerEvent: number;
  readonly eventsPerSecond: number;
  /** Answers upstream that did not end though their clients had left. */
  readonly leftOpen: number;
}

/** A window of a warm process, in milliseconds: the round before the first, which is not counted, is long for the compilers. */
export function windowMs(round: number, quick: boolean): { readonly warmMs: number; readonly ms: number } {
  if (quick) return { warmMs: 300, ms: 900 };
  return { warmMs: 700, ms: round < 0 ? 4000 : 2000 };
}

/** Opens streams, looks at them for a while as they flow, and leaves them: what a stream costs while it lasts, and not its beginning or end. */
export async function measureWindow(
  { source, load }: { readonly source: Source; readonly load: Load },
  variant: Variant,
  {
    script,
    streams,
    warmMs,
    ms,
    during,
  }: {
    readonly script: SourceScript;
    readonly streams: number;
    readonly warmMs: number;
    readonly ms: number;
    readonly during?: () => void;
  },
): Promise<Window> {
  await source.ask('script', script);
  await load.ask('open', { target: variant.target, streams });
  await sleep(warmMs);
  const before = {
    cpu: variant.pid === undefined ? Number.NaN : cpuUs(variant.pid),
    events: (await source.ask('state')).events,
  };
  await load.ask('sample');
  await sleep(ms);
  const sample = await load.ask('sample');
  const cpu = (variant.pid === undefined ? Number.NaN : cpuUs(variant.pid)) - before.cpu;
  const events = (await source.ask('state')).events - before.events;
  during?.();
  await load.ask('leave', { streams, everyMs: 0 });
  const leftOpen = await settleSource(source);
  return {
    ...sample,
    leftOpen,
    cpuUsPerEvent: cpu / events,
    eventsPerSecond: (sample.events / sample.wallUs) * 1e6,
  };
}

/** Until the source has no answer open: what one measurement leaves behind must not be in the next. Returns how many did not end. */
export async function settleSource(source: Source): Promise<number> {
  const left = await settle(async () => (await source.ask('state')).openAnswers);
  if (left > 0) await source.ask('drop');
  return left;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
