import { parseArgs } from 'node:util';
import { evalMutants } from './mutants.ts';
import { evalDeviations, evalGoals } from './run-eval.ts';

/**
 * `npm run eval`: how good the engine is, as tables. Without options a strong and a weak model whose answers were written by hand (they show
 * what the engine loses, nothing of a real model); `-- --mutants` breaks the engine on purpose and wants that to be seen;
 * `-- --provider anthropic --model claude-sonnet-5` measures a real model through a server that runs (`--server`), on a key out of the
 * variable that `--key-env` names, or out of a pipe or a prompt without echo; `--only seeds` runs one goal of it.
 */
const { values } = parseArgs({
  options: {
    mutants: { type: 'boolean', default: false },
    provider: { type: 'string' },
    model: { type: 'string' },
    server: { type: 'string', default: 'http://127.0.0.1:8787' },
    'key-env': { type: 'string' },
    only: { type: 'string' },
  },
});

const tokens = ({ inputTokens, outputTokens }: { inputTokens: number; outputTokens: number }): number =>
  inputTokens + outputTokens;
const usd = (costUsd: number | null): string => (costUsd === null ? 'unknown' : `$${costUsd.toFixed(4)}`);

async function scripted(): Promise<boolean> {
  const goals = await evalGoals();
  console.table(
    Object.fromEntries(
      goals.map(({ id, model, traps, missed, ok, verdicts, calls, usage }) => [
        `${id}, ${model}`,
        {
          traps: `${traps - missed.length} of ${traps}`,
          missed: missed.join('; '),
          verdicts,
          ...(ok ? {} : { outcome: 'wrong' }),
          calls,
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
  return goals.every(({ ok }) => ok) && deviations.every(({ ok }) => ok);
}

async function main(): Promise<boolean> {
  const { provider, model, server, mutants } = values;
  if (provider) {
    // It imports the terminal client, which the copies with a mutant have not.
    const { runLive } = await import('./live.ts');
    return runLive({ provider, model: model ?? '', server, keyEnv: values['key-env'], only: values.only });
  }
  return mutants ? evalMutants() : scripted();
}

process.exitCode = (await main()) ? 0 : 1;
