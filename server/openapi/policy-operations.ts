import { ROUTES } from '../../shared/contract/routes.ts';
import { keyPolicy, keyPolicySet } from '../../shared/contract/vault/key-policy.ts';
import { json, type Operation } from './operation.ts';

const path = ROUTES.keyPolicy('{id}');
const liftPath = ROUTES.keyPolicyLift('{id}');

/** The policy no-keys-at-rest of a workspace, for people at the page; what is public of it is below `/.well-known`. */
export const POLICY_OPERATIONS: readonly Operation[] = [
  {
    ...{ id: 'getKeyPolicy', method: 'get', path, tag: 'vault', needs: 'session' },
    summary: 'Whether keys may be stored in a workspace, for its members',
    answers: { 200: json('The policy', keyPolicy) },
    failures: ['not_found'],
  },
  {
    ...{ id: 'setKeyPolicy', method: 'put', path, tag: 'vault', needs: 'session' },
    summary: 'Forbids to store keys and destroys those that are there, for owners',
    answers: { 200: json('What was destroyed and stopped', keyPolicySet) },
    failures: ['not_found'],
  },
  {
    ...{ id: 'liftKeyPolicy', method: 'post', path: liftPath, tag: 'vault', needs: 'session' },
    summary: 'Announces the end of the policy, in 24 hours, for owners',
    answers: { 204: { description: 'It ends in 24 hours, and members are told' } },
    failures: ['not_found', 'conflict'],
  },
  {
    ...{ id: 'keepKeyPolicy', method: 'delete', path: liftPath, tag: 'vault', needs: 'session' },
    summary: 'Takes the announced end back, for owners',
    answers: { 204: { description: 'It goes on' } },
    failures: ['not_found', 'conflict'],
  },
];
