import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The engine broken on purpose: an evaluation that does not see it measures nothing. */
interface Mutant {
  readonly name: string;
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly from: string;
  readonly to: string;
}

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'the patch step is dropped',
    file: 'shared/compose/drafts/revise.ts',
    from: "answer.kind === 'value' ? answer.value.changes : []",
    to: '[]',
  },
  {
    name: 'a rewrite of half the length is taken',
    file: 'shared/compose/drafts/revise.ts',
    from: 'after.length * 2 < before.length',
    to: 'after.length < 0',
  },
  {
    name: 'a list of changes is taken for the text',
    file: 'shared/compose/drafts/revise.ts',
    from: 'isChangeLog(after) && !isChangeLog(before)',
    to: 'after.length < 0',
  },
  {
    name: 'the second object is read',
    file: 'shared/compose/answers/read-structured.ts',
    from: 'of found.objects) {\n    const fit',
    to: 'of found.objects.toReversed()) {\n    const fit',
  },
  {
    name: 'a must of the critic is a suggestion',
    file: 'shared/compose/drafts/make-item.ts',
    from: 'analysis.notes.filter(({ must }) => must)',
    to: 'analysis.notes.filter(() => false)',
  },
];

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Each mutant in a copy of its own, below `node_modules`, so that packages are found. True when all were seen. */
export function evalMutants(): boolean {
  const rows: Record<string, unknown> = {};
  let seen = true;
  for (const [at, mutant] of MUTANTS.entries()) {
    const folder = join(ROOT, 'node_modules/.cache/mutants', String(at));
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
    for (const part of ['shared', 'test/eval'])
      cpSync(join(ROOT, part), join(folder, part), { recursive: true });
    breakFile(join(folder, mutant.file), mutant);
    const run = spawnSync(
      process.execPath,
      [join(ROOT, 'node_modules/tsx/dist/cli.mjs'), join(folder, 'test/eval/main.ts')],
      { encoding: 'utf8' },
    );
    // A program that broke has not seen anything: only a table with a wrong outcome counts.
    const isSeen = run.status === 1 && run.stdout.includes("'wrong'");
    seen &&= isSeen;
    rows[mutant.name] = { seen: isSeen ? 'yes' : `no: ${run.stderr.slice(0, 200)}` };
    rmSync(folder, { recursive: true, force: true });
  }
  console.table(rows);
  return seen;
}

function breakFile(path: string, { name, from, to }: Mutant): void {
  const text = readFileSync(path, 'utf8');
  if (text.split(from).length !== 2)
    throw new Error(`the mutant "${name}" does not fit ${path} any more: give it the text as it is now`);
  writeFileSync(
    path,
    text.replace(from, () => to),
  );
}
