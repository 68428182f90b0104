import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { ComposeEvent } from '../../shared/contract/events.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import { type HostedRun, isOver } from '../../shared/contract/hosted.ts';
import { ACCOUNT_QUERY } from '../account/me.ts';
import { type KnownConfig, useServerConfig } from '../config/server-config.ts';
import { applyEvent } from '../run/state/apply-event.ts';
import { nextFrame } from '../run/state/framed-value.ts';
import { IDLE, NO_PHASES, type RunState } from '../run/state/run-state.ts';
import { createRunStore, type RunStore, useRun } from '../run/state/run-store.ts';
import { runQuery } from './hosted-api.ts';
import { watchEvents } from './watch-events.ts';

const DONE = { state: 'done', done: 1, of: 1 } as const;
/** A redraft brings its plan along. */
const PLANNED: RunState['phases'] = { ...NO_PHASES, classifying: DONE, planning: DONE };

/** What the page of a hosted run knows of it at the moment. */
export interface WatchedRun {
  readonly store: RunStore;
  readonly run: RunState;
  /** It waits: it has not begun, or its worker stopped and another one is to go on. */
  readonly queued: boolean;
  readonly place: number | undefined;
  readonly connected: boolean;
  readonly failure: Failure | undefined;
}

/** A hosted run as the compose page draws one: the record says when and what, the stream of its events says the rest. */
export function useWatchedRun(record: HostedRun): WatchedRun {
  const { id } = record;
  const isRedraft = record.forPlan !== null;
  const client = useQueryClient();
  const { data: known } = useServerConfig();
  const store = useMemo(() => createRunStore({ now: Date.now, frame: nextFrame }), []);
  const [queued, setQueued] = useState(record.state === 'queued');
  const [place, setPlace] = useState(record.place ?? undefined);
  const [connected, setConnected] = useState(true);
  const [failure, setFailure] = useState<Failure>();

  useEffect(() => {
    const controller = new AbortController();
    store.replace({ ...IDLE, status: 'sent', id, phases: isRedraft ? PLANNED : NO_PHASES });
    const { queryKey: recordQueryKey } = runQuery(id);
    let waits: boolean | undefined;
    const turn = (next: boolean): void => {
      if (waits === next) return;
      waits = next;
      setQueued(next);
      // The record is asked for every few seconds only: until then the clock would count from another moment than the phases.
      const known = client.getQueryData(recordQueryKey)?.state;
      if (known && !isOver(known) && (known === 'queued') !== next)
        void client.invalidateQueries({ queryKey: recordQueryKey });
    };
    const onEvent = (event: ComposeEvent): void => {
      turn(false);
      store.apply(event, applyEvent);
    };
    const onPlace = (next: number): void => {
      turn(true);
      setPlace(next);
    };
    const follow = async (): Promise<void> => {
      const ended = await watchEvents(id, { onEvent, onPlace, onConnected: setConnected }, controller.signal);
      if (controller.signal.aborted) return;
      setFailure(ended);
      // With the last event the run's plan is made and its cost counted, so that the account's lists are out of date.
      await client.invalidateQueries({ queryKey: ACCOUNT_QUERY });
    };
    void follow();
    return () => controller.abort();
  }, [id, isRedraft, store, client]);

  const state = useRun(store, (now) => now);
  return { store, run: runOf(record, state, known), queued, place, connected, failure };
}

function runOf(record: HostedRun, state: RunState, known: KnownConfig | undefined): RunState {
  const provider = known?.config.providers.find((one) => one.id === record.provider);
  const offsetMs = known?.offsetMs ?? 0;
  const byPage = (iso: string): number => Date.parse(iso) - offsetMs;
  return {
    ...state,
    asked: {
      goal: record.goal,
      provider: record.provider,
      providerName: provider?.name ?? record.provider,
      host: provider?.host ?? '',
      model: record.model,
    },
    startedAt: byPage(record.startedAt ?? record.createdAt),
    endedAt: record.endedAt && isOver(record.state) ? byPage(record.endedAt) : state.endedAt,
  };
}
