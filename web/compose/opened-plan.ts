import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import type { ServerConfig } from '../../shared/contract/server-config.ts';
import { useSignedIn } from '../account/use-signed-in.ts';
import type { AskState } from '../ask/use-ask.ts';
import { loadChunk } from '../chunks/load-chunk.ts';
import { failureOf } from '../http/call.ts';
import type { RunStore } from '../run/state/run-store.ts';
import { useToast } from '../ui/toast.tsx';

interface OpenedPlanProps {
  readonly store: RunStore;
  readonly ask: AskState;
  readonly config: ServerConfig | undefined;
}

/**
 * `/compose?plan=<id>` opens a saved plan on this page. The plan leaves the address once it is open: a reload then keeps what has
 * become of it.
 */
export function OpenedPlan({ store, ask, config }: OpenedPlanProps): null {
  const [params] = useSearchParams();
  const [, navigate] = useLocation();
  const client = useQueryClient();
  const signedIn = useSignedIn();
  const toast = useToast();
  const opening = useRef<string>(undefined);
  const id = params.get('plan');

  useEffect(() => {
    if (id === null) opening.current = undefined;
    if (id === null || !config || opening.current === id) return;
    opening.current = id;
    const open = async (): Promise<void> => {
      const { openPlan } = await loadChunk(() => import('./open-plan.ts'));
      const { providers } = config;
      const told = await signedIn('to open this plan', () => openPlan(id, { client, store, ask, providers }));
      if (told) toast(told);
    };
    open()
      .catch((error: unknown) => toast({ text: failureOf(error).message }))
      .finally(() => navigate('/compose', { replace: true }));
  }, [id, config, store, ask, client, signedIn, toast, navigate]);
  return null;
}
