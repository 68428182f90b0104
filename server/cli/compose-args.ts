import { parseArgs } from 'node:util';

/** What `--help` prints. */
export const USAGE = `npm run compose -- --goal "…" [--provider anthropic --model claude-sonnet-5] [options]

Plans and drafts skills on your own key, like the page: the key is read from a prompt, or from stdin when that is a pipe, sealed
to the server's key before it leaves this process, and written nowhere.

  --goal TEXT        what the skills should do
  --provider ID      anthropic, openai, openrouter, google, groq, azure, bedrock, cohere, deepseek, mistral, xai, …
                     (sandbox: no key, no real model)
  --model ID         a model of that provider
  --site NAME        Azure's resource or Bedrock's region
  --cap-usd N        stop at that cost        --cap-tokens N   stop at that many tokens
  --effort WHICH     faster or better: how long models that can be told think
  --review           look at the plan before it is drafted: a file to edit, and up to four questions
  --evals              also writes how each skill can be tried: prompts that should load it, near misses, a task (evals/)
  --out FOLDER       where the skills go, one folder each (skills; skills-2, where skills has some of these names already)
  --force            overwrite what is there of these names
  --sarif FILE       also writes what was found in the drafts, as SARIF 2.1.0
  --server URL       the Oneturn to use (http://127.0.0.1:8787)`;

/** What was asked for on the command line. */
export interface Options {
  readonly server: string;
  readonly out: string;
  readonly force: boolean;
  readonly sarif?: string;
  readonly request: Readonly<Record<string, unknown>> & { readonly provider: string; readonly site?: string };
}

/** The options of this process; undefined: they ask for help, or for nothing. Throws on one that is not known. */
export function readOptions(): Options | undefined {
  const { values } = parseArgs({
    options: {
      goal: { type: 'string' },
      provider: { type: 'string', default: 'sandbox' },
      model: { type: 'string' },
      site: { type: 'string' },
      evals: { type: 'boolean', default: false },
      'cap-usd': { type: 'string' },
      'cap-tokens': { type: 'string' },
      effort: { type: 'string' },
      review: { type: 'boolean', default: false },
      out: { type: 'string', default: 'skills' },
      force: { type: 'boolean', default: false },
      sarif: { type: 'string' },
      server: { type: 'string', default: 'http://127.0.0.1:8787' },
      help: { type: 'boolean' },
    },
  });
  const { goal, provider, model, site, out, force, server } = values;
  if (!goal || values.help) return undefined;
  const caps = {
    ...(values['cap-usd'] && { costUsd: Number(values['cap-usd']) }),
    ...(values['cap-tokens'] && { tokens: Number(values['cap-tokens']) }),
  };
  return {
    server,
    out,
    force,
    ...(values.sarif && { sarif: values.sarif }),
    request: {
      goal,
      provider,
      ...(model && { model }),
      ...(site && { site }),
      ...(Object.keys(caps).length > 0 && { caps }),
      ...(values.effort && { effort: values.effort }),
      ...(values.review && { review: true }),
      ...(values.evals && { evals: true }),
    },
  };
}
