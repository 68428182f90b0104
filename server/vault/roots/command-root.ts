import { spawn } from 'node:child_process';
import { secretBuffer } from '../../keys/secret-buffer.ts';
import { type Root, VaultSealed } from './root.ts';

const LIMIT_MS = 5000;
const MIN_BYTES = 32;
const MAX_BYTES = 64;
const PASSED_ON = ['PATH', 'HOME', 'USER', 'LANG', 'TZ', 'TMPDIR', 'SYSTEMROOT'] as const;

/**
 * Any KMS through a program of its own: it gets the context on its standard input and writes the MAC, 32 to 64 raw bytes, to its standard
 * output. No shell, no arguments; what it says on standard error is dropped, for tools print what they were given.
 */
export function commandRoot(id: string, path: string, limitMs = LIMIT_MS): Root {
  return { id, mac: (context) => ask(id, path, context, limitMs) };
}

/** None of the server's own settings, which have secrets among them: a program that needs more sets it itself. */
function environment(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    PASSED_ON.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

function ask(id: string, path: string, context: Buffer, limitMs: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const answer = secretBuffer(MAX_BYTES + 1);
    let length = 0;
    let late = false;
    const child = spawn(path, [], { stdio: ['pipe', 'pipe', 'ignore'], env: environment() });
    // a script's own children outlive it and hold its output open: whoever waited for its end would wait for theirs
    const stop = (): void => {
      child.kill('SIGKILL');
      child.stdout.destroy();
    };
    const limit = setTimeout(() => {
      late = true;
      stop();
    }, limitMs);
    const fail = (what: string): void => {
      clearTimeout(limit);
      answer.fill(0);
      reject(
        new VaultSealed(
          `The command of the root ${id} ${what}. Run it by hand, and see that its KMS answers.`,
        ),
      );
    };
    child.once('error', () => fail('cannot be started'));
    // it may end before it has read all
    child.stdin.on('error', () => undefined);
    child.stdin.end(context);
    child.stdout.on('data', (chunk: Buffer) => {
      length += chunk.copy(answer, length);
      chunk.fill(0);
      if (length > MAX_BYTES) stop();
    });
    child.once('close', (code) => {
      clearTimeout(limit);
      if (length > MAX_BYTES) return fail(`wrote more than ${MAX_BYTES} bytes`);
      if (late) return fail(`did not answer within ${limitMs} ms`);
      if (code !== 0) return fail('ended with a failure');
      if (length < MIN_BYTES) return fail(`wrote fewer than ${MIN_BYTES} bytes`);
      const code32 = secretBuffer(length);
      answer.copy(code32);
      answer.fill(0);
      resolve(code32);
    });
  });
}
