import { parseArgs } from 'node:util';
import { runLive } from './live.ts';
import { evalMutants } from './mutants.ts';
import { evalDeviations, evalGoals } from './run-eval.ts';

/**
 * `npm run eval`: how good the engine is, as a table. Without options a strong and a weak model whose answers were written by hand (they show what the engine loses, nothing of a real model); `-- --mutants`
 * breaks the engine on purpose and wants that to be seen; `-- --provider anthropic --model claude-sonnet-5` measures a real model through
 * a server that runs (`--server`), on a key that is asked for at each goal.
 */
const { values } = parseArgs({
  options: {
    mutants: { type: 'boolean', default: false },
    provider: { type: 'string' },
    model: { type: 'string' },
    server: { type: 'string', default: 'http://127.0.0.1:8787' },
  },
});

const tokens = ({ inputTokens, outputTokens }: { inputTokens: number; outputTokens: number }): number =>
  inputTokens + outputTokens;
const usd = (costUsd: number | null): string => (costUsd === null ? 'unknown' : `$${costUsd.toFixed(4)}`);

async function scripted(): Promise<boolean> {
  const goals = await evalGoals();
  console.table(
    Object.fromEntries(
      goals.map(({ id, traps, missed, verdicts, usage }) => [
        id,
        {
          traps: `${traps - missed.length} of ${traps}`,
          missed: missed.join('; '),
          verdicts,
          tokens: tokens(usage),
          cost: usd(usage.costUsd),
        },
      ]),
    ),
  );
  const deviations = await evalDeviations();
  console.table(
    Object.fromEntries(
      deviations.map(({ name, wanted, outcome, ok, calls, usage }) => [
        name,
        {
          outcome,
          ...(ok ? {} : { wanted }),
          calls,
          tokens: tokens(usage),
          cost: usd(usage.costUsd),
        },
      ]),
    ),
  );
  return goals.every(({ missed }) => missed.length === 0) && deviations.every(({ ok }) => ok);
}

async function main(): Promise<boolean> {
  const { provider, model, server, mutants } = values;
  if (provider) return runLive({ provider, model: model ?? '', server });
  return mutants ? evalMutants() : scripted();
}

process.exitCode = (await main()) ? 0 : 1;
