import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROUTES } from '../../shared/contract/routes.ts';
import { buildProduct } from '../build.ts';
import { makeDataFolder, removeDataFolder } from '../data-folder.ts';
import { readAll, readConfig, sendRun } from './byo-client.ts';
import { CANARY_LENGTHS, type Canary, canariesOfAllLengths, makeCanary } from './canary.ts';
import { measureDetection } from './detection/detection.ts';
import { copies, scanBytes } from './memory-scan.ts';
import { Captured, folderPlace, memoryPlace, type Place } from './proof-places.ts';
import { Provider, start } from './proof-processes.ts';
import { SCENARIOS, type Scenario, SPLIT } from './proof-scenarios.ts';

/**
 * `npm run prove`: composes with canary keys on the built server against a provider that misbehaves, then searches every place where
 * a key could be. Each search is tried first with a canary that is planted there. Writes the table to web/key/proof.json, for the
 * page "What happens to my key".
 */
const { values } = parseArgs({ options: { 'no-write': { type: 'boolean' } } });
const begun = performance.now();
const home = makeDataFolder('prove');
const folders = { data: join(home, 'data'), temp: join(home, 'temp'), work: join(home, 'work') };
for (const folder of Object.values(folders)) mkdirSync(folder);

const dist = await buildProduct();
const provider = await Provider.start();
const bystander = await Provider.start();
const captured = {
  out: new Captured(),
  err: new Captured(),
  sse: new Captured(),
  receipts: new Captured(),
  metrics: new Captured(),
};
const env = {
  STARTER_CATALOGUE: 'off',
  NODE_ENV: 'production',
  PORT: '0',
  LOG_LEVEL: 'debug',
  DATA_DIR: folders.data,
  TMPDIR: folders.temp,
  RUNS_PER_MINUTE: '10000',
  CONCURRENT_RUNS: '100',
  PROVIDER_ENDPOINTS: JSON.stringify([
    { id: 'lab', name: 'A misbehaving provider', format: 'anthropic', baseUrl: provider.url },
    { id: 'other', name: 'A bystander', format: 'anthropic', baseUrl: bystander.url },
  ]),
};
const server = await start([`${dist}/server/main.js`], env, captured);
const { build } = await readConfig(server.url);
const canaries: Canary[] = [];

/** Runs on keys of all lengths at once, but for one that comes last: nothing could overwrite what it left. */
async function play(scenario: Scenario, url = server.url): Promise<void> {
  await provider.script(scenario.rules);
  const keys = canariesOfAllLengths();
  const alone = (canaries.length / CANARY_LENGTHS.length) % CANARY_LENGTHS.length;
  canaries.push(...keys);
  await Promise.all(keys.map((canary, i) => i !== alone && run(scenario, canary, url)));
  for (const canary of keys.slice(alone, alone + 1)) await run(scenario, canary, url);
}

/** One run, its key sealed as the page seals it. */
async function run({ end, name }: Scenario, canary: Canary, url: string): Promise<void> {
  const body = {
    goal: 'turn merged pull requests into weekly release notes',
    provider: 'lab',
    model: 'claude-x',
  };
  const sent = await sendRun(url, { key: canary.key, sealed: true, body, config: await readConfig(url) });
  const response = await sent.response;
  captured.sse.add(JSON.stringify(response.rawHeaders));
  if (end === 'leave') {
    for await (const chunk of response) {
      captured.sse.add(chunk as Buffer); // as: no encoding is set
      if (String(chunk).includes('event: text')) break;
    }
    sent.destroy();
  } else {
    const text = await readAll(response);
    captured.sse.add(text);
    const ended = /event: done/.test(text) ? 'done' : 'failed';
    if (ended !== end) throw new Error(`${name}: the run ended as ${ended}: ${text.slice(-600)}`);
  }
  for (let tries = 0; tries < 200; tries++) {
    const receipt = await fetch(url + ROUTES.byoReceipt(sent.run));
    if (receipt.ok) {
      const envelope = (await receipt.json()) as { payload: string }; // as: our own server's answer
      captured.receipts.add(JSON.stringify(envelope));
      captured.receipts.add(Buffer.from(envelope.payload, 'base64'));
      return;
    }
    await new Promise((again) => setTimeout(again, 10));
  }
  throw new Error(`${name}: no receipt came`);
}

/** The journal of a provider: copies in the auth header of each request, and anywhere else. */
async function atProvider(of: Provider): Promise<{ requests: number; inAuth: number; elsewhere: number }> {
  const journal = await of.journal();
  const inAuth = journal.filter(({ headers }) =>
    headers.some(
      ([name, value]) => name.toLowerCase() === 'x-api-key' && canaries.some(({ key }) => key === value),
    ),
  );
  const rest = journal.map(({ headers, path, body }) =>
    JSON.stringify([headers.filter(([name]) => name.toLowerCase() !== 'x-api-key'), path, body]),
  );
  return {
    requests: journal.length,
    inAuth: inAuth.length,
    elsewhere: copies(scanBytes(Buffer.from(rest.join('\n')), canaries)),
  };
}

interface Row {
  readonly place: string;
  readonly copies: number;
  /** null: nothing is promised there. */
  readonly expected: number | null;
  /** Whether the search found what was planted; null: the place cannot be planted in. */
  readonly control: boolean | null;
}

async function search(place: Place, expected: number | null = 0): Promise<Row> {
  const found = place.search(canaries);
  const planted = makeCanary();
  const remove = await place.plant(planted);
  const control = place.search([planted]) > 0;
  remove();
  return { place: place.name, copies: found, expected, control };
}

const rows: Row[] = [];
for (const scenario of SCENARIOS) await play(scenario);
captured.metrics.add(await (await fetch(server.url + ROUTES.metrics)).text());
captured.metrics.add(await (await fetch(server.url + ROUTES.config)).text());
const linux = process.platform === 'linux';
if (linux) rows.push(await search(memoryPlace('server memory (UTF-8, UTF-16, base64, hex)', server.child)));

// A crash: the process dies with the key in use, and what it leaves on disk is searched with the rest.
const crashing = play({
  name: 'the server is killed',
  rules: [{ phase: 'draft', stop: { how: 'hang', after: 12 } }],
  end: 'leave',
}).catch(() => undefined);
await new Promise((later) => setTimeout(later, 300));
server.child.kill('SIGKILL');
await crashing;

const second = await start([`${dist}/server/main.js`], env, captured);
await play(SPLIT, second.url);
if (linux)
  rows.push(
    await search(
      memoryPlace('server memory, after a provider split the key over two deltas', second.child),
      null,
    ),
  );
second.child.kill('SIGTERM');
await new Promise((exited) => second.child.once('exit', exited));

rows.push(
  await search(captured.out.place('stdout and log')),
  await search(captured.err.place('stderr')),
  await search(captured.sse.place('responses: heads and events')),
  await search(captured.receipts.place('receipts')),
  await search(captured.metrics.place('metrics and config')),
  await search(folderPlace('data folder', folders.data)),
  await search(folderPlace('temp folder', folders.temp)),
);
const right = await atProvider(provider);
const wrong = await atProvider(bystander);
const control = right.inAuth > 0;
rows.push(
  {
    place: `the provider: auth header of its ${right.requests} requests`,
    copies: right.inAuth,
    expected: right.requests,
    control,
  },
  { place: 'the provider: anywhere else in a request', copies: right.elsewhere, expected: 0, control: null },
  {
    place: 'another provider',
    copies: wrong.inAuth + wrong.elsewhere + wrong.requests,
    expected: 0,
    control: null,
  },
);
provider.stop();
bystander.stop();
removeDataFolder(folders.data);
rmSync(home, { recursive: true, force: true });

/** Copies of each length in each kind of memory, half of them damaged, and how many of them the search finds. */
const detection = linux ? await measureDetection(10) : [];
const good =
  rows.every(
    ({ copies: found, expected, control: seen }) =>
      (expected === null || found === expected) && seen !== false,
  ) && detection.every(({ planted, found }) => found === planted);
const proof = {
  build,
  date: new Date().toISOString().slice(0, 10),
  node: process.version,
  platform: process.platform,
  keyBytes: CANARY_LENGTHS,
  scenarios: [...SCENARIOS, SPLIT].map(({ name }) => name),
  good,
  rows,
  detection: detection.map(({ memory, planted, found }) => ({ memory, planted, found })),
};
if (!values['no-write']) writeFileSync('web/key/proof.json', `${JSON.stringify(proof, null, 2)}\n`);

const width = Math.max(...rows.map(({ place }) => place.length));
console.log(
  `${canaries.length} runs, each on a canary key of its own, of ${CANARY_LENGTHS.join(', ')} bytes, on build ${build}\n`,
);
console.log(`${'place'.padEnd(width)}  copies  expected  search tried`);
for (const { place, copies: found, expected, control: seen } of rows) {
  const tried = seen === null ? '-' : seen ? 'found it' : 'MISSED IT';
  console.log(
    `${place.padEnd(width)}  ${String(found).padStart(6)}  ${(expected === null ? 'any' : String(expected)).padStart(8)}  ${tried}`,
  );
}
for (const { memory, planted, found, missed } of detection)
  console.log(
    `${memory === detection[0]?.memory ? '\nThe search itself: copies of each length, half of them with every 24th byte overwritten\n' : ''}${memory.padEnd(width)}  found ${found} of ${planted}${missed.length > 0 ? `, missed ${missed.join('; ')}` : ''}`,
  );
if (!linux) console.log('\nThe memory was not searched: that needs Linux.');
console.log(
  `\n${good ? 'The key was in the auth header of its provider, and nowhere else.' : 'THE KEY IS WHERE IT MUST NOT BE.'} ${((performance.now() - begun) / 1000).toFixed(1)} s`,
);
process.exit(good ? 0 : 1);
