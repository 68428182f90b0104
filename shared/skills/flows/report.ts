import type { Finding } from '../../contract/plan.ts';
import { kindOf, namesHost } from './hosts.ts';
import type { Trace } from './trace.ts';

/** What the user asked for. Without a goal, the skill's own description stands for it, with less weight. */
export interface Wish {
  readonly goal: string | undefined;
  readonly self: string;
}

/** What is needed to follow a piece of code: what is known so far, and how to follow code inside of it. */
export interface Following {
  readonly trace: Trace;
  readonly wish: Wish;
  readonly follow: (kind: 'shell' | 'script', code: string, line: number) => readonly Found[];
}

/** A finding, before it is known whether the text only shows or forbids what was found. */
export interface Found extends Omit<Finding, 'line'> {
  readonly line: number;
  /** The code that it is about. */
  readonly code: string;
  /** A flow from a secret to the network: no word near by makes it harmless. */
  readonly flow?: true;
}

/** A host as messages name it. */
export const called = (host: string | undefined): string => host ?? 'an address that is not in the text';

/** Whether the user asked for this host, as far as the texts tell. */
export function wanted(host: string | undefined, { goal, self }: Wish): boolean {
  if (host === undefined) return false;
  return kindOf(host) === 'local' || namesHost(goal ?? self, host);
}
