import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import { envelope, receipt } from '../../shared/contract/receipt.ts';
import { peekEnvelope } from '../../shared/signing/envelope.ts';
import { GOALS } from './goals.ts';
import { type KeyWish, readLiveKey } from './live-key.ts';
import { trapsMissed } from './run-eval.ts';

export interface LiveOptions extends KeyWish {
  readonly model: string;
  /** The id of the one goal that is run; undefined: all are. */
  readonly only: string | undefined;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The goals on a real model, by the command line as a user has it, which gets the key through a pipe. True when each run was done. */
export async function runLive({ model, only, ...wish }: LiveOptions): Promise<boolean> {
  const { provider, server } = wish;
  const key = await readLiveKey(wish);
  const rows: Record<string, unknown> = {};
  let isDone = true;
  for (const goal of GOALS.filter(({ id }) => only === undefined || id === only)) {
    const out = mkdtempSync(join(tmpdir(), 'oneturn-eval-'));
    try {
      const options = [
        ...['--goal', goal.goal, '--provider', provider, '--server', server, '--out', out],
        ...(model === '' ? [] : ['--model', model]),
      ];
      const code = await compose(options, key);
      isDone &&= code === 0;
      const missed = trapsMissed(goal, skillsIn(out));
      rows[goal.id] = {
        traps: `${goal.traps.length - missed.length} of ${goal.traps.length}`,
        missed: missed.join('; '),
        ended: code === 0 ? 'done' : `exit code ${code}`,
        ...spentIn(out),
      };
    } finally {
      rmSync(out, { recursive: true, force: true });
    }
  }
  console.table(rows);
  return isDone;
}

function compose(args: readonly string[], key: string): Promise<number | null> {
  const program = [join(ROOT, 'node_modules/tsx/dist/cli.mjs'), join(ROOT, 'server/cli/compose.ts'), ...args];
  const child = spawn(process.execPath, program, { stdio: ['pipe', 'inherit', 'inherit'] });
  // A client that ended before it read the key closed the pipe; its exit code says why.
  child.stdin?.on('error', () => {});
  child.stdin?.end(`${key}\n`);
  return new Promise((resolve, reject) => {
    child.once('exit', resolve);
    child.once('error', reject);
  });
}

function skillsIn(folder: string): string {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => readFileSync(join(folder, name, 'SKILL.md'), 'utf8'))
    .join('\n');
}

/** As the run's receipt says; nothing where it came to none. */
function spentIn(folder: string): Record<string, unknown> {
  try {
    const signed = envelope.parse(JSON.parse(readFileSync(join(folder, 'receipt.json'), 'utf8')));
    const { usage } = z.parse(receipt, peekEnvelope(signed));
    return { tokens: usage.inputTokens + usage.outputTokens, costUsd: usage.costUsd };
  } catch {
    return {};
  }
}
