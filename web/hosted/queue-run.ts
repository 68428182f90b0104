import * as z from 'zod/mini';
import type { Failure } from '../../shared/contract/failure.ts';
import type { HostedRequest } from '../../shared/contract/hosted.ts';
import { goal as goalShape } from '../../shared/contract/run-request.ts';
import type { StoredOffer } from '../../shared/contract/vault/stored-use.ts';
import { goalHoldsSecret } from '../ask/goal/goal-secret.ts';
import { type CapInput, capsOf } from '../ask/send/cap.ts';
import { failureOf } from '../http/call.ts';
import { randomId } from '../http/random-id.ts';
import { startHosted } from './hosted-api.ts';

/** The last request with its start id: a press whose answer was lost is repeated under the same id, so that it starts one run. */
export interface Sent {
  readonly text: string;
  readonly startId: string;
}

export interface QueueRun {
  readonly goal: string;
  readonly cap: CapInput;
  /** The stored key that it runs on; undefined: on what the server pays for. */
  readonly on: StoredOffer | undefined;
  /** The user was asked about a goal that seems to hold a secret. */
  readonly sure: boolean;
  /** Kept from press to press. */
  readonly sent: { current: Sent | undefined };
  readonly isNobody: boolean;
  readonly ask: () => Promise<boolean>;
}

export type Queued =
  | { readonly kind: 'queued'; readonly id: string }
  | { readonly kind: 'problem'; readonly failure: Failure }
  /** `doubt`: the goal seems to hold a secret. `nobody`: the sign-in was closed. */
  | { readonly kind: 'doubt' | 'nobody' };

/** Checks what can be checked here, signs in where needed, and queues the run. A chunk of its own, needed at a press only. */
export async function queueRun({ goal, cap, on, sure, sent, isNobody, ask }: QueueRun): Promise<Queued> {
  const checked = z.safeParse(goalShape, goal);
  if (!checked.success)
    return problem('goal', checked.error.issues[0]?.message ?? 'The goal cannot be sent.');
  const caps = capsOf(cap);
  if (!caps)
    return problem('caps', 'The cap is an amount up to $1,000 or a whole number of tokens, or empty.');
  if (!sure && (await goalHoldsSecret(checked.data))) return { kind: 'doubt' };
  if (isNobody && !(await ask())) return { kind: 'nobody' };

  const body: HostedRequest = {
    goal: checked.data,
    ...(Object.keys(caps).length > 0 && { caps }),
    ...(on && {
      credentials: 'stored',
      provider: on.provider,
      ...(on.site !== '' && { site: on.site }),
      model: on.model,
    }),
  };
  const text = JSON.stringify(body);
  if (sent.current?.text !== text) sent.current = { text, startId: randomId() };
  const { startId } = sent.current;
  try {
    return { kind: 'queued', id: (await startHosted(body, startId)).id };
  } catch (error) {
    // The session ended since the page was loaded.
    if (failureOf(error).code !== 'unauthenticated' || !(await ask())) throw error;
    return { kind: 'queued', id: (await startHosted(body, startId)).id };
  }
}

function problem(field: string, message: string): Queued {
  return { kind: 'problem', failure: { code: 'invalid_field', message, field } };
}
