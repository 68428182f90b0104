import { ROUTES } from '../../shared/contract/routes.ts';
import { keyCalls, keyCallsQuery, keyLeakState, noteLeak } from '../../shared/contract/vault/key-leak.ts';
import {
  addStoredKey,
  keyRules,
  makeDefaultKey,
  revokedKey,
  setKeyRules,
  storedKey,
  storedKeyPage,
  storedKeyTest,
} from '../../shared/contract/vault/stored-key.ts';
import { json, type Operation } from './operation.ts';

/** Stored keys, for people at the page; 404 unless the operator turned them on. */
export const VAULT_OPERATIONS: readonly Operation[] = [
  {
    ...{ id: 'listStoredKeys', method: 'get', path: ROUTES.storedKeys, tag: 'vault', needs: 'session' },
    summary: 'The stored keys of the workspace, and those that ended in the last month; never a key itself',
    answers: { 200: json('The keys', storedKeyPage) },
    failures: ['not_found'],
  },
  {
    ...{ id: 'addStoredKey', method: 'post', path: ROUTES.storedKeys, tag: 'vault', needs: 'session' },
    summary: 'Checks a sealed key at its provider and stores it, for owners and admins',
    headers: ['x-run-id', 'x-provider-key'],
    body: addStoredKey,
    answers: { 201: json('The stored key', storedKey) },
    failures: [
      ...(['key_missing', 'key_malformed', 'key_rejected', 'conflict', 'rate_limited'] as const),
      ...(['provider_failed', 'not_found'] as const),
    ],
  },
  {
    ...{ id: 'setKeyRules', method: 'put', path: ROUTES.storedKeyRules, tag: 'vault', needs: 'session' },
    summary: 'Sets how old keys may grow and how long a replaced default goes on, for owners and admins',
    body: setKeyRules,
    answers: { 200: json('The rules as they are now', keyRules) },
    failures: ['conflict', 'not_found'],
  },
  {
    ...{ id: 'removeStoredKey', method: 'delete', path: ROUTES.storedKey('{id}'), tag: 'vault' },
    needs: 'session',
    summary: 'Removes a key; runs that are on it finish',
    answers: { 204: { description: 'It is gone, or goes with its last run' } },
    failures: ['not_found'],
  },
  {
    ...{ id: 'makeStoredKeyDefault', method: 'post', path: ROUTES.storedKeyDefault('{id}'), tag: 'vault' },
    needs: 'session',
    summary: 'Makes a key the one that runs begin on; those under way keep theirs',
    body: makeDefaultKey,
    answers: { 204: { description: 'It is the default' } },
    failures: ['not_found'],
  },
  {
    ...{ id: 'revokeStoredKey', method: 'post', path: ROUTES.storedKeyRevoke('{id}'), tag: 'vault' },
    needs: 'session',
    summary: 'Destroys a key at once, with the runs that are on it',
    answers: { 200: json('How many runs were ended', revokedKey) },
    failures: ['not_found'],
  },
  {
    ...{ id: 'testStoredKey', method: 'post', path: ROUTES.storedKeyTest('{id}'), tag: 'vault' },
    needs: 'session',
    summary: 'One small call with a stored key',
    answers: { 200: json('What the provider said', storedKeyTest) },
    failures: ['not_found', 'rate_limited', 'key_rejected'],
  },
  {
    ...{ id: 'readKeyLeak', method: 'get', path: ROUTES.storedKeyLeak('{id}'), tag: 'vault' },
    needs: 'session',
    summary: 'How far a leaked key is dealt with, for owners and admins',
    answers: { 200: json('What is checked off', keyLeakState) },
    failures: ['not_found'],
  },
  {
    ...{ id: 'noteKeyLeak', method: 'put', path: ROUTES.storedKeyLeak('{id}'), tag: 'vault' },
    needs: 'session',
    summary: 'Notes that a key leaked, since when, and what was done about it',
    body: noteLeak,
    answers: { 200: json('What is checked off now', keyLeakState) },
    failures: ['not_found'],
  },
  {
    ...{ id: 'listKeyCalls', method: 'get', path: ROUTES.storedKeyCalls('{id}'), tag: 'vault' },
    needs: 'session',
    summary: 'The calls that this server made on a stored key since a date',
    query: keyCallsQuery,
    answers: { 200: { ...json('The newest calls and the sums of all', keyCalls), media: ['text/csv'] } },
    failures: ['not_found'],
  },
];
