import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { Failure } from '../../shared/contract/failure.ts';
import type { StoredOffer } from '../../shared/contract/vault/stored-use.ts';
import { ACCOUNT_QUERY, useHandle } from '../account/me.ts';
import { useAskSignIn } from '../account/sign-in-region.tsx';
import type { CapInput } from '../ask/send/cap.ts';
import { loadChunk } from '../chunks/load-chunk.ts';
import { useAction } from '../http/use-action.ts';
import type { Sent } from './queue-run.ts';

export interface HostStart {
  readonly busy: boolean;
  readonly failure: Failure | undefined;
  /** The goal seems to hold a secret: the start waits for the user's word. */
  readonly doubt: boolean;
  readonly press: () => void;
  readonly answerDoubt: (send: boolean) => void;
}

/** From a press to a queued run, whose page is opened; `on`: on that stored key. The goal stays in the form whatever happens. */
export function useHostStart(goal: string, cap: CapInput, on?: StoredOffer): HostStart {
  const { busy, failure, run } = useAction();
  const [problem, setProblem] = useState<Failure>();
  const [doubt, setDoubt] = useState(false);
  const sent = useRef<Sent | undefined>(undefined);
  const handle = useHandle();
  const askSignIn = useAskSignIn();
  const client = useQueryClient();
  const [, navigate] = useLocation();

  const start = (sure: boolean): Promise<boolean> =>
    run(async () => {
      setProblem(undefined);
      const { queueRun } = await loadChunk(() => import('./queue-run.ts'));
      const ask = (): Promise<boolean> => askSignIn('to run on this server');
      const queued = await queueRun({ goal, cap, on, sure, sent, isNobody: handle === null, ask });
      if (queued.kind === 'problem') setProblem(queued.failure);
      setDoubt(queued.kind === 'doubt');
      if (queued.kind !== 'queued') return;
      sent.current = undefined;
      void client.invalidateQueries({ queryKey: ACCOUNT_QUERY });
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
