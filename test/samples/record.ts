import { writeFile } from 'node:fs/promises';
import { answerPrompt } from '../../server/sandbox/content/answer-prompt.ts';
import type { Ask } from '../../shared/compose/ask.ts';
import { BUILTIN_CATALOG } from '../../shared/compose/builtin-catalog.ts';
import { compose } from '../../shared/compose/compose.ts';
import type { ComposeEvent, EventName } from '../../shared/contract/events.ts';
import { SAMPLE_GOALS } from '../../web/samples/sample-goals.ts';

/**
 * `npm run samples`: runs the engine on each sample goal, with the sandbox's answers, and writes what it tells into
 * `web/samples/results/`. Left out is what has no meaning afterwards: text as it streamed, calls, and counts of tokens that nobody paid.
 */
const KEPT: readonly EventName[] = [
  'phase',
  'intent',
  'plan',
  'reused',
  'draft',
  'revision',
  'analysis',
  'done',
];

const NOTHING = { inputTokens: 0, outputTokens: 0, costUsd: 0, estimated: false };
const ask: Ask = async (call, watch) => {
  const text = answerPrompt({
    text: call.user,
    json: call.schema !== undefined,
    schemaName: call.schema?.name,
    schema: call.schema?.json,
  });
  watch.text(text);
  return { kind: 'answer', text, finish: 'stop', usage: NOTHING, startedMs: 0, ms: 0 };
};

for (const { id, goal } of SAMPLE_GOALS) {
  const events: ComposeEvent[] = [];
  const options = { signal: new AbortController().signal, estimateUsd: () => 0 };
  for await (const event of compose({ goal }, ask, BUILTIN_CATALOG, options)) {
    if (KEPT.includes(event.event)) events.push(event);
  }
  if (events.at(-1)?.event !== 'done')
    throw new Error(`The run of ${id} did not end well; nothing was written for it.`);
  const sample = { goal, writtenBy: { provider: 'sandbox', model: 'sandbox-1' }, events };
  await writeFile(
    new URL(`../../web/samples/results/${id}.json`, import.meta.url),
    `${JSON.stringify(sample, null, 1)}\n`,
  );
  console.log(`${id}: ${events.filter(({ event }) => event === 'draft').length} drafts`);
}
