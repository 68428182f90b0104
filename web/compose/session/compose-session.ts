import type { Failure } from '../../../shared/contract/failure.ts';
import type { RunRequest } from '../../../shared/contract/run-request.ts';
import type { ProviderInfo } from '../../../shared/contract/server-config.ts';
import { sealKey } from '../../ask/key/seal-key.ts';
import { postRun } from '../../ask/post-run.ts';
import { loadChunk } from '../../chunks/load-chunk.ts';
import type { KnownConfig } from '../../config/server-config.ts';
import { randomId } from '../../http/random-id.ts';
import type { RunEnd } from '../../run/state/reduce-run.ts';
import type { Asked, Rework } from '../../run/state/run-state.ts';
import type { RunStore } from '../../run/state/run-store.ts';

/** One press of the button. `take` reads the key field and empties it; absent where there is no key to send. */
export interface Press {
  readonly request: RunRequest;
  readonly provider: ProviderInfo;
  readonly host: string;
  readonly take: (() => string) | undefined;
  /** A redo: plan and drafts of the run before stay. */
  readonly keep: boolean;
  /** One draft, in the user's own words. */
  readonly rework?: Pick<Rework, 'item' | 'note'> | undefined;
}

export interface ComposeSession {
  /** Runs to the end; resolves when nothing of it goes on. A press while a run lasts does nothing. */
  start(press: Press): Promise<void>;
  cancel(): void;
}

/** Gives what the server said last, or asks it `anew`. */
export type CurrentConfig = (anew?: boolean) => Promise<KnownConfig>;

/** A chunk of its own, there before the key is read: what comes back must be understood. */
const loadReading = () => loadChunk(() => import('./read-run.ts'));

const loadPlaces = () => loadChunk(() => import('../../http/run-place.ts'));

export function warmReading(): void {
  loadReading().catch(() => {});
  loadPlaces().catch(() => {});
}

const UNREACHABLE: Failure = {
  code: 'internal',
  message:
    'This page could not reach its server. See that it runs, then try again. Nothing was sent to the provider.',
};
export function createComposeSession(store: RunStore, currentConfig: CurrentConfig): ComposeSession {
  let current: AbortController | undefined;
  /** A seal did not open: the server began anew, or a clock was set. What is known of its key is worth nothing. */
  let stale = false;

  /** The key stays in its field until there is a place: a seal is for one moment. */
  async function run(press: Press, signal: AbortSignal): Promise<RunEnd> {
    const { takePlace } = await loadPlaces();
    const leave = await takePlace(signal, store.waits);
    try {
      return signal.aborted ? { kind: 'left' } : await send(press, signal);
    } finally {
      leave();
    }
  }

  async function send(press: Press, signal: AbortSignal): Promise<RunEnd> {
    const id = randomId();
    const body = JSON.stringify(press.request);
    const reading = loadReading();
    reading.catch(() => {});
    let header: string | undefined;
    if (press.take) {
      const known = await currentConfig(stale);
      stale = false;
      await reading;
      if (signal.aborted) return { kind: 'left' };
      const { provider, site } = press.request;
      const turned = await sealKey(press.take, { known, provider, site, runId: id, body });
      if (!turned.ok) return { kind: 'failure', failure: turned.failure };
      header = turned.header;
      store.turned(turned.notices);
      if (signal.aborted) return { kind: 'left' };
    }
    const { readInto } = await reading;
    if (signal.aborted) return { kind: 'left' };
    store.sent(id);
    return readInto(store, postRun({ body, runId: id, header }, signal), signal);
  }

  return {
    async start(press) {
      if (current) return;
      const controller = new AbortController();
      current = controller;
      store.begin({ keep: press.keep, rework: press.rework, asked: askedOf(press) });
      const end = await run(press, controller.signal).catch(
        (): RunEnd => ({ kind: 'failure', failure: UNREACHABLE }),
      );
      current = undefined;
      stale ||= end.kind === 'failure' && end.failure.reason === 'seal_stale';
      store.end(end);
      if (end.kind === 'left' || end.kind === 'failure') await lateReceipt(store, end.kind);
    },
    cancel() {
      current?.abort();
    },
  };
}

function askedOf({ request, provider, host }: Press): Asked {
  return {
    goal: request.goal,
    provider: provider.id,
    providerName: provider.name,
    host,
    model: request.model,
  };
}

/** The receipt of a run that gave none in its stream. */
export async function lateReceipt(store: RunStore, end: 'left' | 'failure'): Promise<void> {
  await loadReading().then(
    ({ fetchReceipt }) => fetchReceipt(store, end),
    () => {}, // the run stands without it
  );
}
