import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { useLocation } from 'wouter';
import type { ForPlan, HostedRequest } from '../../shared/contract/hosted.ts';
import type { Redraft } from '../../shared/contract/run-request.ts';
import type { SavedPlan } from '../../shared/contract/saved-plan.ts';
import { ACCOUNT_QUERY } from '../account/me.ts';
import { useSignedIn } from '../account/use-signed-in.ts';
import { useServerConfig } from '../config/server-config.ts';
import { randomId } from '../http/random-id.ts';
import { startHosted } from './hosted-api.ts';
import type { Sent } from './queue-run.ts';

/** A saved plan to be drafted again on this server. */
export interface HostedRedraft {
  /** Who is asked, in words; undefined: this server runs nothing by itself. */
  readonly on: string | undefined;
  /** Queues it and opens its run. Rejects with `CallFailed`; asked again after that, it is the same run. */
  readonly start: (plan: SavedPlan, redraft: Redraft, result: ForPlan['result']) => Promise<void>;
}

/** Drafts a saved plan again on this server and opens that run's page. */
export function useRedraft(): HostedRedraft {
  const config = useServerConfig().data?.config;
  const client = useQueryClient();
  const signedIn = useSignedIn();
  const sent = useRef<Sent>(undefined);
  const [, navigate] = useLocation();

  const start = useCallback<HostedRedraft['start']>(
    async ({ id, rev, goal }, redraft, result) => {
      const body: HostedRequest = { goal, redraft, forPlan: { id, rev, result } };
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
  const offer = config?.hosted;
  const name = config?.providers.find(({ id }) => id === offer?.provider)?.name ?? offer?.provider;
  return { on: offer?.sandbox ? 'the sandbox, which is no real model' : name, start };
}
