import type { Answer, Ask, ModelCall } from '../../../shared/compose/ask.ts';
import { fenced } from '../../../shared/compose/fence.ts';
import type { Failure } from '../../../shared/contract/failure.ts';
import type { Usage } from '../../../shared/contract/usage.ts';

export const USAGE: Usage = { inputTokens: 100, outputTokens: 50, costUsd: 0.001, estimated: false };

/** What a scripted call does. `deltas` are told one after another with a turn of the event loop between them. */
export interface Script {
  readonly deltas?: readonly string[];
  readonly finish?: 'stop' | 'length' | 'refusal';
  readonly failure?: Failure;
  readonly waitSeconds?: number;
  readonly usage?: Usage;
  /** Held until the test calls `release`. */
  readonly until?: Promise<void>;
}

export type Scripts = (call: ModelCall) => Script | undefined;

export interface ScriptedAsk {
  readonly ask: Ask;
  readonly calls: ModelCall[];
  /** The most calls that ran at one time, by phase. */
  readonly peak: Record<string, number>;
  /** Calls that were stopped by their signal. */
  readonly stopped: string[];
  running(): number;
}

/** An `ask` without a provider: plausible answers for every phase, unless the script has another for that call. */
export function createScriptedAsk(scripts: Scripts = () => undefined): ScriptedAsk {
  const calls: ModelCall[] = [];
  const stopped: string[] = [];
  const peak: Record<string, number> = {};
  const live = new Map<string, number>();
  let clock = 0;

  const ask: Ask = async (call, watch, signal) => {
    calls.push(call);
    live.set(call.phase, (live.get(call.phase) ?? 0) + 1);
    peak[call.phase] = Math.max(peak[call.phase] ?? 0, live.get(call.phase) ?? 0);
    const startedMs = clock++;
    const script = { ...defaultScript(call), ...scripts(call) };
    let text = '';
    const end = <T extends object>(how: T): T & Pick<Answer, 'text' | 'usage' | 'startedMs' | 'ms'> => ({
      ...how,
      text,
      usage: script.usage ?? USAGE,
      startedMs,
      ms: clock++ - startedMs,
    });
    try {
      if (script.waitSeconds !== undefined) watch.waiting(script.waitSeconds);
      await Promise.race([script.until ?? turn(), aborted(signal)]);
      for (const delta of script.deltas ?? []) {
        if (signal.aborted) break;
        text += delta;
        watch.text(delta);
        await turn();
      }
      if (signal.aborted) {
        stopped.push(call.id);
        return end({ kind: 'stopped' });
      }
      if (script.failure) return end({ kind: 'failure', failure: script.failure });
      return end({ kind: 'answer', finish: script.finish ?? 'stop' });
    } finally {
      live.set(call.phase, (live.get(call.phase) ?? 0) - 1);
    }
  };
  return {
    ask,
    calls,
    peak,
    stopped,
    running: () => [...live.values()].reduce((sum, count) => sum + count, 0),
  };
}

function defaultScript(call: ModelCall): Script {
  switch (call.schema?.name) {
    case 'classification':
      return { deltas: [JSON.stringify(INTENT)] };
    case 'plan':
      return { deltas: [JSON.stringify(planOf(['write-labels', 'remind-borrowers', 'count-envelopes']))] };
    case 'critique':
      return { deltas: [critique(8)] };
    case 'revision':
      return { deltas: ['{"changes":[]}'] };
    default:
      return { deltas: bodyOf(call).match(/[\s\S]{1,40}/g) ?? [] };
  }
}

export const INTENT = {
  kind: 'bundle',
  summary: 'Label seed envelopes and remind borrowers',
  capabilities: [
    { id: 'c1', need: 'Write labels from ledger.xlsx' },
    { id: 'c2', need: 'Remind late borrowers' },
    { id: 'c3', need: 'Count the envelopes' },
  ],
  constraints: [],
  assumptions: [],
};

export function planOf(names: readonly string[]) {
  return {
    title: 'Seed library',
    items: names.map((name, index) => ({
      action: 'create',
      name,
      description: `Does ${name.replaceAll('-', ' ')} out of ledger.xlsx. Use when the user asks for number ${index} of the season.`,
      covers: [`c${index + 1}`],
      reason: 'Asked for at its own time.',
      outline: ['Read the ledger', 'Write the file'],
      allowedTools: ['Read'],
      ref: null,
    })),
    uncovered: [] as { capability: string; reason: string }[],
  };
}

export function critique(score: number, notes: readonly string[] = []): string {
  return JSON.stringify({
    notes,
    specificity: score,
    completeness: score,
    safety: score,
    goalAlignment: score,
  });
}

export function bodyOf(call: ModelCall): string {
  const item: { name?: string } = JSON.parse(fenced('item', call.user) ?? '{}');
  return `# ${item.name}\n\n1. Read ledger.xlsx, first sheet.\n2. Write ${item.name}.md in the shape below.\n\n- Empty cells mean "not yet".\n\nCheck that the file has one line for each row.\n`;
}

export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
