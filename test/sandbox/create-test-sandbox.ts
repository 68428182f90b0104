import { createSandbox, type SandboxOptions } from '../../server/sandbox/create-sandbox.ts';
import { control } from './control.ts';
import type { Counters, JournalEntry } from './journal.ts';
import type { Rule } from './script.ts';
import { createTestHook } from './test-hook.ts';

export interface TestSandboxOptions extends Omit<SandboxOptions, 'hook'> {
  /** Keeps every request with its headers and body; without it nothing of a request outlives its answer. */
  readonly journal?: boolean;
  /** Opens `/__script`, `/__journal` and `/__counters` to any local process. */
  readonly control?: boolean;
  /** Refuses every other key, as the path's vendor would; absent: any key, and none. */
  readonly acceptKey?: string;
}

/** The sandbox, playing whatever fault a script asks for. */
export interface TestSandbox {
  readonly origin: string;
  readonly counters: Readonly<Counters>;
  /** Empty unless it was asked for. */
  readonly journal: readonly JournalEntry[];
  /** Replaces the script. Throws on a rule that is not one. */
  script(rules: readonly Rule[]): void;
  /** Lets every answer go on that a rule holds, also what is asked later, until the next script. */
  release(): void;
  /** Empties journal and counts, but for the connections that are open. */
  clear(): void;
  /** Ends every answer and closes every connection. */
  close(): Promise<void>;
}

export async function createTestSandbox(options: TestSandboxOptions = {}): Promise<TestSandbox> {
  const { hook, ...controls } = createTestHook(options, (request, response) =>
    control(request, response, controls),
  );
  const { port, pace } = options;
  const sandbox = await createSandbox({
    ...(port !== undefined && { port }),
    ...(pace !== undefined && { pace }),
    hook,
  });
  return { ...controls, origin: sandbox.origin, close: sandbox.close };
}
