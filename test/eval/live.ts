import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import { envelope, receipt } from '../../shared/contract/receipt.ts';
import { peekEnvelope } from '../../shared/signing/envelope.ts';
import { GOALS } from './goals.ts';
import { trapsMissed } from './run-eval.ts';

export interface LiveOptions {
  readonly provider: string;
  readonly model: string;
  readonly server: string;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The goals on a real model, by the command line as a user has it: it asks for the key, and nothing here ever sees one. */
export async function runLive({ provider, model, server }: LiveOptions): Promise<boolean> {
  const rows: Record<string, unknown> = {};
  for (const goal of GOALS) {
    const out = mkdtempSync(join(tmpdir(), 'oneturn-eval-'));
    try {
      const code = await compose([
        ...['--goal', goal.goal, '--provider', provider, '--server', server, '--out', out],
        ...(model === '' ? [] : ['--model', model]),
      ]);
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
  return true;
}

function compose(args: readonly string[]): Promise<number | null> {
  const program = [join(ROOT, 'node_modules/tsx/dist/cli.mjs'), join(ROOT, 'server/cli/compose.ts'), ...args];
  const child = spawn(process.execPath, program, { stdio: 'inherit' });
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
