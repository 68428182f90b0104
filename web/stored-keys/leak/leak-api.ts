import { queryOptions } from '@tanstack/react-query';
import { ROUTES } from '../../../shared/contract/routes.ts';
import {
  type KeyCalls,
  type KeyLeak,
  keyCalls,
  keyLeakState,
  LEAK_STEPS,
  type LeakStep,
  type NoteLeak,
} from '../../../shared/contract/vault/key-leak.ts';
import { callJson, retryTransient } from '../../http/call.ts';
import { storedKeysQuery } from '../stored-keys-api.ts';

/** How far a leaked key is dealt with. Below the list of keys: what is done with one has this asked for again, too. */
export const leakQuery = (id: string) =>
  queryOptions({
    queryKey: [...storedKeysQuery.queryKey, id, 'leak'],
    queryFn: async ({ signal }): Promise<KeyLeak | null> =>
      (await callJson(keyLeakState, ROUTES.storedKeyLeak(id), { signal })).leak,
    retry: retryTransient,
  });

export const callsQuery = (id: string, since: string) =>
  queryOptions({
    queryKey: [...storedKeysQuery.queryKey, id, 'calls', since],
    queryFn: ({ signal }): Promise<KeyCalls> => callJson(keyCalls, callsPath(id, since), { signal }),
    retry: retryTransient,
  });

/** The address of all calls as a file. */
export function callsCsvPath(id: string, since: string): string {
  return `${callsPath(id, since)}&format=csv`;
}

function callsPath(id: string, since: string): string {
  return `${ROUTES.storedKeyCalls(id)}?${new URLSearchParams({ since })}`;
}

export async function noteLeak(id: string, body: NoteLeak): Promise<KeyLeak | null> {
  return (await callJson(keyLeakState, ROUTES.storedKeyLeak(id), { method: 'PUT', body })).leak;
}

/** The leak as it is, with one step checked off or taken back. */
export function withStep(leak: KeyLeak, step: LeakStep, isDone: boolean): NoteLeak {
  const done = Object.fromEntries(LEAK_STEPS.map((one) => [one, leak.steps[one] !== null]));
  // as: it has every step
  return { since: leak.since, done: { ...done, [step]: isDone } as NoteLeak['done'] };
}
