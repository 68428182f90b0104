import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { buildProcesses } from './build.ts';
import { cancel } from './parts/cancel.ts';
import { composeWall } from './parts/compose-wall.ts';
import { concurrency } from './parts/concurrency.ts';
import { flooded } from './parts/flooded.ts';
import { keyCost } from './parts/key-cost.ts';
import { page } from './parts/page.ts';
import { registry } from './parts/registry.ts';
import { storage } from './parts/storage.ts';
import { streamCost } from './parts/stream-cost.ts';
import { vault } from './parts/vault.ts';
import { type Part, type PartResult, printAims, printPart } from './report.ts';

const PARTS: Readonly<Record<string, { readonly title: string; readonly run: Part }>> = {
  a: { title: 'Wall time of a compose with six new skills', run: composeWall },
  b: { title: 'What a run adds to a stream', run: streamCost },
  c: { title: 'Many runs at once', run: concurrency },
  d: { title: 'From Cancel to closed upstream', run: cancel },
  e: { title: 'The page', run: page },
  f: { title: 'The key: what its path costs, and what stays of it', run: keyCost },
  g: { title: 'Storage and hosted runs', run: storage },
  h: { title: 'Connections that do not end', run: flooded },
  i: { title: 'The registry: publishing, searching, downloading', run: registry },
  j: { title: 'Stored keys', run: vault },
};

const USAGE = `npm run bench -- [--only a,c] [--quick] [--json file]\n\n${Object.entries(PARTS)
  .map(([letter, { title }]) => `  ${letter}  ${title}`)
  .join('\n')}`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      json: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const letters = values.only?.split(',') ?? Object.keys(PARTS);
  const unknown = letters.find((letter) => !PARTS[letter]);
  if (values.help || unknown !== undefined) {
    console.log(unknown === undefined ? USAGE : `There is no part ${unknown}.\n\n${USAGE}`);
    process.exit(values.help ? 0 : 2);
  }

  const begun = performance.now();
  const { length } = cpus();
  const machine = `Node ${process.versions.node}, ${process.platform}, ${length} processors (${cpus()[0]?.model.trim() ?? 'unknown'})`;
  console.log(
    `${machine}\nRatios are taken within a round, against a peer measured in the same round; absolute figures are this machine's.`,
  );
  await buildProcesses();
  const results = new Map<string, PartResult>();
  for (const letter of letters) {
    const part = PARTS[letter];
    if (!part) continue;
    const from = performance.now();
    process.stdout.write(`\n(${letter}) ${part.title}\n`);
    const result = await part.run({ quick: values.quick });
    printPart(result);
    console.log(`  ${((performance.now() - from) / 1000).toFixed(0)} s`);
    results.set(letter, result);
  }
  printAims(results);
  console.log(`\n${((performance.now() - begun) / 1000).toFixed(0)} s in all`);
  if (values.json)
    writeFileSync(
      values.json,
      JSON.stringify({ machine, quick: values.quick, parts: Object.fromEntries(results) }, null, 2),
    );
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
