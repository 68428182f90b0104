/** Makes the model calls of one run through `ask`: tells of each, counts it, and stops them all when the run ends early. */
import type { Failure } from '../../contract/failure.ts';
import type { PhaseName } from '../../contract/phase.ts';
import type { Caps } from '../../contract/run-request.ts';
import type { Answer, Ask, AskWatch, ModelCall } from '../ask.ts';
import type { ComposeOptions } from '../compose-options.ts';
import { capReached, ENGINE_FAILURES } from './engine-failures.ts';
import type { EventQueue } from './event-queue.ts';
import { createFirstAlone } from './first-alone.ts';
import { createLedger } from './ledger.ts';

// Three times the longest body that the analysis accepts without a finding. An endless stream is stopped here.
export const MAX_ANSWER_CHARS = 60_000;

/** Thoughts are reported in steps of this size and not token by token. */
const TOLD_THOUGHT_TOKENS = 100;
const CHARS_PER_TOKEN = 4;

/** How a call ended, for the code that made it. */
export type Reply =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'failure'; readonly failure: Failure }
  /** The run has ended; nothing came that could be used. */
  | { readonly kind: 'stopped' };

/** Why a run makes no further calls. */
export type Ending = { readonly kind: 'cancelled' } | { readonly kind: 'failed'; readonly failure: Failure };

/** The only way to a model inside a run, so that no call escapes the cap, the count or a cancel. */
export interface RunCalls {
  /** `onText` hears of the answer as it is written. */
  make(call: ModelCall, onText?: AskWatch['text']): Promise<Reply>;
  ending(): Ending | undefined;
  /** No further calls. Running ones go on, for they are paid for. */
  endAfterRunning(failure: Failure): void;
  /** No further calls, and running ones are stopped. A cancel counts even when the run had failed before. */
  endNow(ending: Ending, reason?: unknown): void;
}

/**
 * Makes calls through `ask` and pushes their `call`, `usage` and `thinking` events into the queue. `caps` stops the run when it is
 * exceeded.
 */
export function createRunCalls(
  ask: Ask,
  queue: EventQueue,
  caps: Caps,
  { estimateUsd, keepsShared = () => false }: Pick<ComposeOptions, 'estimateUsd' | 'keepsShared'>,
): RunCalls {
  const firstAlone = createFirstAlone(keepsShared);
  const running = new Set<AbortController>();
  let ending: Ending | undefined;

  const endNow = (next: Ending, reason?: unknown): void => {
    if (!ending || next.kind === 'cancelled') ending = next;
    for (const controller of running) controller.abort(reason);
  };
  const stopAtCap = (): boolean => {
    const cap = ledger.exceeded();
    if (cap) endNow({ kind: 'failed', failure: capReached(cap, caps) });
    return cap !== undefined;
  };
  const ledger = createLedger(caps, estimateUsd, () => {
    queue.push({ event: 'usage', data: ledger.total() });
    stopAtCap();
  });

  const makeOne = async (call: ModelCall, begun: () => void, onText?: AskWatch['text']): Promise<Reply> => {
    if (ending) return { kind: 'stopped' };
    const tab = ledger.open(call);
    if (stopAtCap()) return { kind: 'stopped' };

    const about = aboutCall(call);
    queue.push({ event: 'call', data: { ...about, state: 'start' } });
    const controller = new AbortController();
    running.add(controller);
    let chars = 0;
    const onDelta = (delta: string): void => {
      chars += delta.length;
      if (chars > MAX_ANSWER_CHARS) {
        controller.abort();
        return;
      }
      onText?.(delta);
      tab.write(delta);
    };
    const watch: AskWatch = {
      ...createWatch(about, queue, controller.signal, onDelta),
      begun,
    };
    const answer = await ask(call, watch, controller.signal).finally(() => running.delete(controller));

    tab.settle(answer.usage);
    const reply =
      chars > MAX_ANSWER_CHARS || answer.text.length > MAX_ANSWER_CHARS
        ? failed(ENGINE_FAILURES.tooLong)
        : answerToReply(answer);
    const { startedMs, ms, usage } = answer;
    const outcome =
      reply.kind === 'text'
        ? { state: 'done' as const }
        : { state: 'failed' as const, ...(reply.kind === 'failure' ? { error: reply.failure } : {}) };
    queue.push({ event: 'call', data: { ...about, ...outcome, startedMs, ms, usage } });
    queue.push({ event: 'usage', data: ledger.total() });
    return reply;
  };

  return {
    make: (call, onText) => firstAlone(call, (begun) => makeOne(call, begun, onText)),
    ending: () => ending,
    endAfterRunning: (failure) => {
      ending ??= { kind: 'failed', failure };
    },
    endNow,
  };
}

interface AboutCall {
  readonly call: string;
  readonly phase: PhaseName;
  readonly item?: string;
}

function aboutCall({ id, phase, item }: ModelCall): AboutCall {
  return { call: id, phase, ...(item === undefined ? {} : { item }) };
}

/** Tells of a call while it goes on. Text that was buffered before an abort is dropped: the run has ended. */
function createWatch(
  about: AboutCall,
  queue: EventQueue,
  signal: AbortSignal,
  onDelta: (delta: string) => void,
): AskWatch {
  let thought = 0;
  return {
    text: (delta) => {
      if (!signal.aborted) onDelta(delta);
    },
    thinking: (thoughtChars) => {
      const tokens = Math.ceil(thoughtChars / CHARS_PER_TOKEN);
      if (signal.aborted || (thought > 0 && tokens < thought + TOLD_THOUGHT_TOKENS)) return;
      thought = tokens;
      queue.push({ event: 'thinking', data: { call: about.call, tokens } });
    },
    loading: (loadingSeconds) =>
      queue.push({
        event: 'call',
        data: { ...about, state: 'start', ...(loadingSeconds > 0 && { loadingSeconds }) },
      }),
    waiting: (waitSeconds) =>
      queue.push({
        event: 'call',
        data: waitSeconds > 0 ? { ...about, state: 'waiting', waitSeconds } : { ...about, state: 'start' },
      }),
  };
}

/** Truncation comes before any look at the text: half an answer can parse and be wrong. */
function answerToReply(answer: Answer): Reply {
  if (answer.kind === 'stopped') return { kind: 'stopped' };
  if (answer.kind === 'failure') return failed(answer.failure);
  if (answer.finish === 'length') return failed(ENGINE_FAILURES.outputLimit);
  if (answer.finish === 'refusal') return failed(ENGINE_FAILURES.refused);
  return answer.text.trim() === '' ? failed(ENGINE_FAILURES.empty) : { kind: 'text', text: answer.text };
}

function failed(failure: Failure): Reply {
  return { kind: 'failure', failure };
}
