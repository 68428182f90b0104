import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createParser } from 'eventsource-parser';
import * as z from 'zod/mini';
import type { SkillEvals } from '../../shared/contract/evals.ts';
import { type ComposeEvent, parseEvent } from '../../shared/contract/events.ts';
import { failureBody } from '../../shared/contract/failure.ts';
import type { Draft, Intent, Plan } from '../../shared/contract/plan.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { KEY_HEADER, RUN_ID_HEADER } from '../../shared/contract/run-limits.ts';
import { type ServerConfig, serverConfig } from '../../shared/contract/server-config.ts';
import { turnKey } from '../../shared/sealing/turn-key.ts';
import { evalFiles } from '../../shared/skills/eval-files.ts';
import { writeSkill } from '../../shared/skills/write-skill.ts';
import { isSecureUrl } from '../http/secure-url.ts';
import { type Options, readOptions, USAGE } from './compose-args.ts';
import { FoundInDrafts } from './found-in-drafts.ts';
import { promptForKey } from './key-prompt.ts';
import { failureLines, Progress } from './progress.ts';
import { PlanReview } from './review.ts';
import { SkillFolder } from './skill-folder.ts';
import { writeReused } from './write-reused.ts';

/** Whoever can change the answer could put a sealing key of their own into it: like the page, only over TLS or on this machine. */
function requireSecure(server: string): void {
  if (isSecureUrl(new URL(server))) return;
  throw new Error(
    `${server} is not https, so somebody on the way could take the key. Use its https address, or a tunnel to localhost.`,
  );
}

async function readConfig(server: string): Promise<ServerConfig> {
  const response = await fetch(new URL(ROUTES.config, server), { redirect: 'error' });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(failureLines(z.parse(failureBody, answer).error));
  return z.parse(serverConfig, answer);
}

/** The key's header, sealed; none for a provider that takes no key. Throws with a sentence for people. */
async function keyHeader(
  options: Options,
  config: ServerConfig,
  runId: string,
  body: string,
): Promise<Record<string, string>> {
  const provider = config.providers.find(({ id }) => id === options.request.provider);
  if (!provider)
    throw new Error(
      `${options.server} does not know that provider. It has: ${config.providers.map(({ id }) => id).join(', ')}.`,
    );
  if (provider.key === 'none') return {};
  requireSecure(options.server);
  const take = await promptForKey(process.stdin, process.stderr, provider.name);
  // A prompt may wait long, so the seal is made with the sealing key of this moment.
  const fresh = await readConfig(options.server);
  const turned = await turnKey(take, {
    config: fresh,
    provider: provider.id,
    site: options.request.site,
    runId,
    body,
    serverNow: fresh.now,
  });
  if (!turned.ok) throw new Error(turned.failure.message);
  for (const notice of turned.notices) process.stderr.write(`${notice}\n`);
  return { [KEY_HEADER]: turned.header };
}

async function begin(
  server: string,
  request: { readonly headers: Record<string, string>; readonly body: string; readonly signal: AbortSignal },
): Promise<Response> {
  const response = await fetch(new URL(ROUTES.byo, server), {
    method: 'POST',
    redirect: 'error',
    ...request,
  });
  if (!response.ok) throw new Error(failureLines(z.parse(failureBody, await response.json()).error));
  return response;
}

async function* events(response: Response): AsyncGenerator<ComposeEvent> {
  const queue: ComposeEvent[] = [];
  const parser = createParser({
    onEvent: ({ event, data }) => {
      const parsed = event === undefined ? undefined : parseEvent(event, data);
      if (parsed) queue.push(parsed);
    },
  });
  const text = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    parser.feed(text.decode(chunk, { stream: true }));
    yield* queue.splice(0);
  }
}

async function main(): Promise<number> {
  const options = readOptions();
  if (!options) {
    process.stdout.write(`${USAGE}\n`);
    return 2;
  }
  const runId = randomBytes(16).toString('base64url');
  const body = JSON.stringify(options.request);
  const config = await readConfig(options.server);
  const headers = {
    'content-type': 'application/json',
    [RUN_ID_HEADER]: runId,
    ...(await keyHeader(options, config, runId, body)),
  };
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  const progress = new Progress(process.stderr);
  const say = (line: string): void => progress.say(line);
  const folder = new SkillFolder(options.out, { force: options.force, say });
  let review: PlanReview | undefined;
  let planned: Planned = {};
  const found = new FoundInDrafts();
  try {
    for await (const event of events(
      await begin(options.server, { headers, body, signal: controller.signal }),
    )) {
      progress.show(event);
      found.take(event);
      planned = plannedBy(planned, event);
      if (event.event === 'review' && event.data.state === 'waiting' && planned.plan)
        review ??= new PlanReview({
          ...{ server: options.server, runId, folder, say },
          ...{ plan: planned.plan, intent: planned.intent },
        });
      if (event.event === 'review' && event.data.state === 'over') review?.stop();
      if (event.event === 'draft' || event.event === 'reused') {
        folder.choose(planned.plan?.items.map(({ name }) => name) ?? []);
        writeDraft(folder, event.data);
      }
      if (event.event === 'evals') writeEvals(folder, planned.plan, event.data);
      if (event.event === 'receipt') folder.writeFile('receipt.json', JSON.stringify(event.data, null, 2));
      if (event.event === 'failed') throw new Error(failureLines(event.data.error));
      if (event.event === 'done') {
        await writeReused(options.server, folder, planned.plan?.items ?? [], say);
        if (options.sarif !== undefined) writeFileSync(options.sarif, found.sarif());
        progress.end(`${event.data.drafts} skills in ${folder.path}`);
        return 0;
      }
    }
    throw new Error('The server stopped before the run ended. The drafts that came are kept.');
  } catch (error) {
    if (!controller.signal.aborted) throw error;
    progress.end(`Cancelled. The drafts that came are in ${folder.path}`);
    return 130;
  } finally {
    review?.stop();
  }
}

interface Planned {
  readonly intent?: Intent;
  readonly plan?: Plan;
}

function plannedBy(before: Planned, event: ComposeEvent): Planned {
  if (event.event === 'intent') return { ...before, intent: event.data };
  return event.event === 'plan' ? { ...before, plan: event.data } : before;
}

function writeDraft(
  folder: SkillFolder,
  { manifest, body, files = [] }: Pick<Draft, 'manifest' | 'body' | 'files'>,
): void {
  // The contract's schema lets no other characters into a name than a-z, 0-9 and single hyphens, and no path out of its skill's folder.
  folder.writeSkill(manifest.name, writeSkill(manifest, body), files);
}

function writeEvals(folder: SkillFolder, plan: Plan | undefined, evals: SkillEvals): void {
  const name = plan?.items.find(({ id }) => id === evals.item)?.name;
  if (name !== undefined) folder.writeBeside(name, evalFiles(name, evals));
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return 'That did not work.';
  if ('code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) return USAGE;
  // fetch says no more than "fetch failed"
  return error instanceof TypeError
    ? 'The server could not be reached. Is it running (npm start)?'
    : error.message;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${sentenceOf(error)}\n`);
    process.exit(1);
  },
);
