/** Makes the model calls of one run through `ask`: tells of each, counts it, and stops them all when the run ends early. */
import type { Failure } from '../../contract/failure.ts';
import type { Caps } from '../../contract/run-request.ts';
import type { Ask, AskWatch, ModelCall } from '../ask.ts';
import type { ComposeOptions } from '../compose-options.ts';
import { createCallEvents } from './call-events.ts';
import { answerToReply, MAX_ANSWER_CHARS, type Reply } from './call-reply.ts';
import { capReached } from './engine-failures.ts';
import type { EventQueue } from './event-queue.ts';
import { createFirstAlone } from './first-alone.ts';
import { createLedger } from './ledger.ts';

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
  const pushTotal = (): void => queue.push({ event: 'usage', data: ledger.total() });
  const ledger = createLedger(caps, estimateUsd, () => {
    pushTotal();
    stopAtCap();
  });

  const makeOne = async (call: ModelCall, begun: () => void, onText?: AskWatch['text']): Promise<Reply> => {
    if (ending) return { kind: 'stopped' };
    const tab = ledger.open(call);
    if (stopAtCap()) return { kind: 'stopped' };

    const events = createCallEvents(queue, call);
    events.started();
    const controller = new AbortController();
    running.add(controller);
    const answerText = boundText(controller, (delta) => {
      onText?.(delta);
      tab.write(delta);
    });
    const watch = events.watch(controller.signal, answerText.add);
    const answer = await ask(call, { ...watch, begun }, controller.signal).finally(() =>
      running.delete(controller),
    );

    tab.settle(answer.usage);
    const reply = answerToReply(answer, answerText.chars());
    events.ended(reply, answer);
    pushTotal();
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

/** Passes on the text of an answer, and aborts its call when it gets too long. */
function boundText(
  call: AbortController,
  onText: (delta: string) => void,
): { readonly add: (delta: string) => void; readonly chars: () => number } {
  let chars = 0;
  return {
    add: (delta) => {
      chars += delta.length;
      if (chars > MAX_ANSWER_CHARS) call.abort();
      else onText(delta);
    },
    chars: () => chars,
  };
}
