import type { Ask, ModelCall } from '../../shared/compose/ask.ts';
import { estimateTokens } from '../../shared/compose/calls/estimate-tokens.ts';
import { fenced } from '../../shared/compose/fence.ts';
import type { Answers } from './written-answers.ts';

/** Puts another text in an answer's place, as a weaker model writes it; undefined: this call is answered well. */
export type Spoil = (call: ModelCall, answer: string) => string | undefined;

const GOOD = { notes: [], specificity: 9, completeness: 9, safety: 9, goalAlignment: 9 };
/** USD per token, of a usual model. */
export const PRICE = { input: 3 / 1_000_000, output: 15 / 1_000_000 } as const;

/** A model whose answers were written by hand. No provider, no clock: the same run each time. */
export function scriptedModel(
  answers: Answers,
  spoil: Spoil = () => undefined,
): { ask: Ask; calls: string[] } {
  const calls: string[] = [];
  const looks = new Map<string, number>();

  const wellAnswered = (call: ModelCall): string => {
    const name = String(JSON.parse(fenced('item', call.user) ?? '{}').name);
    switch (call.schema?.name) {
      case 'classification':
        return JSON.stringify(answers.classification);
      case 'plan':
        return JSON.stringify(answers.plan);
      case 'revision':
        return JSON.stringify(answers.revisions?.[name] ?? { changes: [] });
      case 'critique': {
        const look = looks.get(name) ?? 0;
        looks.set(name, look + 1);
        return JSON.stringify(answers.critiques?.[name]?.[look] ?? GOOD);
      }
      default:
        return answers.drafts[name] ?? '';
    }
  };
  const ask: Ask = async (call, watch) => {
    calls.push(call.id);
    const answer = wellAnswered(call);
    const text = spoil(call, answer) ?? answer;
    watch.text(text);
    const inputTokens = Math.round(estimateTokens(call.system) + estimateTokens(call.user));
    const outputTokens = Math.round(estimateTokens(text));
    const costUsd = inputTokens * PRICE.input + outputTokens * PRICE.output;
    const usage = { inputTokens, outputTokens, costUsd, estimated: false };
    return { kind: 'answer', text, finish: 'stop', usage, startedMs: 0, ms: 0 };
  };
  return { ask, calls };
}
