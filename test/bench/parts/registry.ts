import * as z from 'zod/mini';
import { Browser } from '../../faults/browser.ts';
import { hasNginx } from '../../nginx.ts';
import { signedBundle, skillFiles } from '../../server/registry/author.ts';
import { makeSigner, registrationOf } from '../../shared/signing/signer.ts';
import { buildServer, createInstallation } from '../installation.ts';
import { startNginxFiles } from '../peers/nginx-files.ts';
import { type Aim, aimBelow, type BenchOptions, type Cell, type PartResult, ratio } from '../report.ts';
import { inTurn } from '../rounds.ts';
import { median, medianRatio, quantile } from '../stats.ts';
import { seedRegistry } from './seed-registry.ts';

const HANDLE = 'bench-author';
const BUNDLE_SKILLS = 8;
const AT_ONCE = 16;
/** Whole words, a beginning, a slip of the finger, and what is not there. */
const QUERIES = [
  'release notes',
  'review contracts',
  'trans',
  'sumarise survey',
  'invoices for beginners',
  'zebra',
];

const index = z.object({ skills: z.array(z.object({ url: z.string() })) });

/** (i) The registry of the built server: publishing, searching, and what clients download. */
export async function registry({ quick }: BenchOptions): Promise<PartResult> {
  const installation = createInstallation(await buildServer(), { STARTER_CATALOGUE: 'off' });
  try {
    const { server } = await installation.start();
    const publishMs = await publishTimes(server.url, quick ? 5 : 25);
    const served = await downloads(server.url, quick ? 1 : 5);
    const skills = await seedRegistry(installation.dataDir, quick ? 1000 : 10_000);
    const searchMs = await searchTimes(server.url, quick ? 10 : 60);
    await server.end('SIGTERM');
    return {
      tables: [
        {
          title: 'ms',
          columns: ['', 'n', 'median', 'p99'],
          rows: [
            row(`publish a bundle of ${BUNDLE_SKILLS}`, publishMs),
            ...[...searchMs].map(([query, times]) =>
              row(`search ${skills.toLocaleString('en')} skills: ${query}`, times),
            ),
          ],
        },
        served.table,
      ],
      aims: [
        aimBelow(`publish a bundle of ${BUNDLE_SKILLS}, median`, median(publishMs), 300, 'ms'),
        ...served.aims,
      ],
      notes: [
        'A publication is checked, analyzed and verified, and its skills, files and audit entry are stored in one durable transaction.',
        `Downloads: ${AT_ONCE} connections that are kept, one process each. The bundles that are searched are copies in other words.`,
      ],
    };
  } finally {
    installation.remove();
  }
}

function row(what: string, times: readonly number[]): Cell[] {
  return [what, String(times.length), median(times), quantile(times, 0.99)];
}

/** One after another, each another bundle; signing is the author's time and not counted. */
async function publishTimes(url: string, bundles: number): Promise<readonly number[]> {
  const browser = await new Browser(() => url).signUp(HANDLE);
  const signer = await makeSigner();
  await browser.send('POST', '/v1/signing-keys', await registrationOf(HANDLE, signer));
  const times: number[] = [];
  for (let n = 0; n <= bundles; n++) {
    const name = `bundle-${String(n).padStart(3, '0')}`;
    const names = Array.from({ length: BUNDLE_SKILLS }, (_, k) => `${name}-${k}`);
    const skills = Object.fromEntries(names.map((skill) => [skill, skillFiles(skill)]));
    const wish = await signedBundle({ handle: HANDLE, name, skills }, signer);
    const from = performance.now();
    const { status, text } = await browser.send('POST', '/v1/bundles', wish);
    if (status !== 201) throw new Error(`a publication was answered by ${status} ${text.slice(0, 300)}`);
    // the first one compiles
    if (n > 0) times.push(performance.now() - from);
  }
  return times;
}

async function searchTimes(url: string, each: number): Promise<ReadonlyMap<string, readonly number[]>> {
  const times = new Map<string, number[]>(QUERIES.map((query) => [query, []]));
  for (let n = 0; n <= each; n++)
    for (const [query, seen] of times) {
      const from = performance.now();
      const answer = await fetch(`${url}/v1/bundles?q=${encodeURIComponent(query)}`);
      await answer.arrayBuffer();
      if (answer.status !== 200) throw new Error(`the search for ${query} was answered by ${answer.status}`);
      if (n > 0) seen.push(performance.now() - from);
    }
  return times;
}

/** A bundle's index and one of its archives per second, beside nginx with the same bytes as files. */
async function downloads(
  url: string,
  rounds: number,
): Promise<{ readonly table: PartResult['tables'][number]; readonly aims: readonly Aim[] }> {
  const indexPath = `/b/${HANDLE}/bundle-001/.well-known/agent-skills/index.json`;
  const bytesAt = async (path: string) => Buffer.from(await (await fetch(new URL(path, url))).arrayBuffer());
  const indexBytes = await bytesAt(indexPath);
  const [first] = index.parse(JSON.parse(indexBytes.toString())).skills;
  if (!first) throw new Error('the index of the bundle is empty');
  const archivePath = new URL(first.url, url).pathname;
  const files = new Map([
    [indexPath, indexBytes],
    [archivePath, await bytesAt(archivePath)],
  ]);
  const nginx = hasNginx() ? await startNginxFiles(files) : undefined;
  const cases = [...files.keys()].flatMap((path) => [
    { path, from: url, rates: [] as number[] },
    ...(nginx ? [{ path, from: nginx.url, rates: [] as number[] }] : []),
  ]);
  for (const one of cases) await rateOf(one.from + one.path);
  for (let round = 0; round < rounds; round++)
    await inTurn(
      round,
      cases.map((one) => async () => void one.rates.push(await rateOf(one.from + one.path))),
    );
  await nginx?.process.stop();
  const of = (path: string, from: string | undefined) =>
    cases.find((one) => one.path === path && one.from === from)?.rates ?? [];
  const kinds = [['index', indexPath] as const, ['archive', archivePath] as const];
  return {
    table: {
      title: 'downloads per second',
      columns: ['', 'Oneturn', 'nginx', 'to nginx'],
      rows: kinds.map(([kind, path]): Cell[] => [
        kind,
        median(of(path, url)),
        nginx ? median(of(path, nginx.url)) : 'not installed',
        ratio(medianRatio(of(path, url), of(path, nginx?.url))),
      ]),
    },
    aims: kinds.map(([kind, path]): Aim => {
      const share = medianRatio(of(path, url), of(path, nginx?.url));
      return {
        what: `${kind} downloads per second, to nginx`,
        aim: '>= 0.30 x',
        measured: ratio(share),
        met: Number.isFinite(share) ? share >= 0.3 : undefined,
      };
    }),
  };
}

const WINDOW_MS = 2000;

async function rateOf(address: string): Promise<number> {
  const until = performance.now() + WINDOW_MS;
  let done = 0;
  const reader = async (): Promise<void> => {
    while (performance.now() < until) {
      const answer = await fetch(address);
      await answer.arrayBuffer();
      if (answer.status !== 200) throw new Error(`${address} was answered by ${answer.status}`);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, reader));
  return done / (WINDOW_MS / 1000);
}
