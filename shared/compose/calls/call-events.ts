/** What a run tells its reader about one model call, from its begin to its end. */
import type { EventData } from '../../contract/events.ts';
import type { Answer, AskWatch, ModelCall } from '../ask.ts';
import type { Reply } from './call-reply.ts';
import type { EventQueue } from './event-queue.ts';

/** Thoughts are reported in steps of this size and not token by token. */
const TOLD_THOUGHT_TOKENS = 100;
const CHARS_PER_TOKEN = 4;

/** Tells the run's reader that a model call has begun, thinks, waits or is over. */
export interface CallEvents {
  started(): void;
  /** What the call's `ask` tells while it goes on. Text that was buffered before an abort is dropped: the run has ended. */
  watch(signal: AbortSignal, onDelta: (delta: string) => void): AskWatch;
  ended(reply: Reply, answer: Answer): void;
}

/** The teller for one model call: whatever it is told goes into the queue as `call` and `thinking` events. */
export function createCallEvents(queue: EventQueue, { id, phase, item }: ModelCall): CallEvents {
  const about = item === undefined ? { call: id, phase } : { call: id, phase, item };
  const push = (data: Omit<EventData<'call'>, keyof typeof about>): void =>
    queue.push({ event: 'call', data: { ...about, ...data } });
  const started = (): void => push({ state: 'start' });
  return {
    started,
    watch: (signal, onDelta) => ({
      text: (delta) => {
        if (!signal.aborted) onDelta(delta);
      },
      thinking: thoughtSteps((tokens) => {
        if (!signal.aborted) queue.push({ event: 'thinking', data: { call: id, tokens } });
      }),
      loading: (loadingSeconds) =>
        loadingSeconds > 0 ? push({ state: 'start', loadingSeconds }) : started(),
      waiting: (waitSeconds) => (waitSeconds > 0 ? push({ state: 'waiting', waitSeconds }) : started()),
    }),
    ended: (reply, { startedMs, ms, usage }) => {
      const measured = { startedMs, ms, usage };
      if (reply.kind === 'text') push({ state: 'done', ...measured });
      else if (reply.kind === 'stopped') push({ state: 'failed', ...measured });
      else push({ state: 'failed', error: reply.failure, ...measured });
    },
  };
}

/** Takes the characters that were thought so far, and calls back for the first and then for each step. */
function thoughtSteps(onStep: (tokens: number) => void): (chars: number) => void {
  let told = 0;
  return (chars) => {
    const tokens = Math.ceil(chars / CHARS_PER_TOKEN);
    if (told > 0 && tokens < told + TOLD_THOUGHT_TOKENS) return;
    told = tokens;
    onStep(tokens);
  };
}
