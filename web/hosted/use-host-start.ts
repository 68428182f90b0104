import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import * as z from 'zod/mini';
import type { Failure } from '../../shared/contract/failure.ts';
import type { HostedRequest } from '../../shared/contract/hosted.ts';
import { goal as goalShape } from '../../shared/contract/run-request.ts';
import { useAskSignIn } from '../account/sign-in-region.tsx';
import { useHandle } from '../account/use-handle.ts';
import { useSignedIn } from '../account/use-signed-in.ts';
import { type CapInput, capsOf } from '../compose/ask/cap-field.tsx';
import { goalHoldsSecret } from '../compose/goal-secret.ts';
import { useAction } from '../http/use-action.ts';

const REASON = 'to run on this server';

export interface HostStart {
  readonly busy: boolean;
  readonly failure: Failure | undefined;
  /** The goal seems to hold a secret: the start waits for the user's word. */
  readonly doubt: boolean;
  readonly press: () => void;
  readonly answerDoubt: (send: boolean) => void;
}

/** From a press to a queued run, whose page is opened. The goal stays in the form whatever happens. */
export function useHostStart(goal: string, cap: CapInput): HostStart {
  const { busy, failure, run } = useAction();
  const [problem, setProblem] = useState<Failure>();
  const [doubt, setDoubt] = useState(false);
  const sent = useRef({ text: '', key: '' });
  const handle = useHandle();
  const ask = useAskSignIn();
  const signedIn = useSignedIn();
  const client = useQueryClient();
  const [, navigate] = useLocation();

  const start = (sure: boolean): Promise<boolean> =>
    run(async () => {
      const checked = z.safeParse(goalShape, goal);
      const caps = capsOf(cap);
      setProblem(undefined);
      if (!checked.success) return setProblem(invalid('goal', checked.error.issues[0]?.message ?? 'The goal cannot be sent.'));
      if (!caps) return setProblem(invalid('caps', 'The cap is an amount up to $1,000 or a whole number of tokens, or empty.'));
      if (!sure && (await goalHoldsSecret(checked.data))) return setDoubt(true);
      if (handle === null && !(await ask(REASON))) return;

      const { RUNS_KEY, startHosted } = await import('./hosted-api.ts');
      const body: HostedRequest = { goal: checked.data, ...(Object.keys(caps).length > 0 && { caps }) };
      const queued = await signedIn(REASON, () => startHosted(body, keyFor(sent.current, JSON.stringify(body))));
      sent.current = { text: '', key: '' };
      void client.invalidateQueries({ queryKey: RUNS_KEY });
      navigate(`/runs/${queued.id}`);
    });

  return {
    busy,
    failure: problem ?? failure,
    doubt,
    press: () => void start(false),
    answerDoubt: (send) => {
      setDoubt(false);
      if (send) void start(true);
    },
  };
}

/** A press whose answer was lost is repeated with its key, so that it starts one run. */
function keyFor(sent: { text: string; key: string }, text: string): string {
  if (sent.text !== text) {
    sent.text = text;
    sent.key = crypto.randomUUID();
  }
  return sent.key;
}

function invalid(field: string, message: string): Failure {
  return { code: 'invalid_field', message, field };
}
