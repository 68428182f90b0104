import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useRef } from 'react';
import { useLocation } from 'wouter';
import type { Prices } from '../../shared/compose/estimate.ts';
import type { TrialRequest } from '../../shared/contract/evals.ts';
import type { ForPlan, HostedRequest } from '../../shared/contract/hosted.ts';
import type { Redraft } from '../../shared/contract/run-request.ts';
import type { SavedPlan } from '../../shared/contract/saved-plan.ts';
import { ACCOUNT_QUERY } from '../account/me.ts';
import { useSignedIn } from '../account/use-signed-in.ts';
import { useServerConfig } from '../config/server-config.ts';
import { randomId } from '../http/random-id.ts';
import { startHosted } from './hosted-api.ts';
import { refuseNewSecret } from './new-secret.ts';
import type { Sent } from './queue-run.ts';

/** A saved plan to be drafted again on this server, or its drafts to be tried. */
export interface HostedRedraft {
  /** Who is asked, in words; undefined: this server runs nothing by itself. */
  readonly on: string | undefined;
  /** What that costs a million tokens, as far as the page knows. */
  readonly prices: Prices;
  /** Queues it and opens its run. Rejects with `CallFailed`, also when it has a key that the plan has not; asked again after that, it is the same run. */
  readonly start: (plan: SavedPlan, redraft: Redraft, result: ForPlan['result']) => Promise<void>;
  /** The same for drafts that are tried; what comes of it goes into the plan. */
  readonly tryOut: (plan: SavedPlan, trial: TrialRequest) => Promise<void>;
}

/** Drafts a saved plan again on this server, or tries it, and opens that run's page. */
export function useRedraft(): HostedRedraft {
  const config = useServerConfig().data?.config;
  const client = useQueryClient();
  const signedIn = useSignedIn();
  const sent = useRef<Sent>(undefined);
  const [, navigate] = useLocation();

  const queue = useCallback(
    async (body: HostedRequest, saved: SavedPlan) => {
      await refuseNewSecret(body, saved);
      const text = JSON.stringify(body);
      if (sent.current?.text !== text) sent.current = { text, startId: randomId() };
      const { startId } = sent.current;
      const run = await signedIn('to run on this server', () => startHosted(body, startId));
      sent.current = undefined;
      void client.invalidateQueries({ queryKey: ACCOUNT_QUERY });
      navigate(`/runs/${run.id}`);
    },
    [client, signedIn, navigate],
  );
  const start = useCallback<HostedRedraft['start']>(
    (saved, redraft, result) => {
      const { id, rev, goal } = saved;
      return queue({ goal, redraft, forPlan: { id, rev, result } }, saved);
    },
    [queue],
  );
  const tryOut = useCallback<HostedRedraft['tryOut']>(
    (saved, trial) => {
      const { id, rev, goal } = saved;
      return queue({ goal, trial, forPlan: { id, rev, result: 'kept' } }, saved);
    },
    [queue],
  );
  const offer = config?.hosted;
  const provider = config?.providers.find(({ id }) => id === offer?.provider);
  const model = provider?.models.find(({ id }) => id === offer?.models[0]);
  const prices = useMemo((): Prices => {
    if (offer?.sandbox) return { inputUsd: 0, outputUsd: 0 };
    return { inputUsd: model?.inputUsd ?? null, outputUsd: model?.outputUsd ?? null };
  }, [offer?.sandbox, model]);
  const name = provider?.name ?? offer?.provider;
  return { on: offer?.sandbox ? 'the sandbox, which is no real model' : name, prices, start, tryOut };
}
