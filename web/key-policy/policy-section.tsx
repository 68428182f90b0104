import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import type { KeyPolicy } from '../../shared/contract/vault/key-policy.ts';
import { ACCOUNT_QUERY } from '../account/me.ts';
import { useAccountAct } from '../account/use-account-act.ts';
import { QueryPart } from '../settings/query-part.tsx';
import { Section } from '../settings/section.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import styles from './key-policy.module.css';
import { keepKeyPolicy, keyPolicyQuery } from './key-policy-api.ts';
import { PolicyAddress } from './policy-address.tsx';
import { LiftDialog, SetDialog } from './policy-dialogs.tsx';
import { PolicyState } from './policy-notice.tsx';

/** On the page of a workspace: whether keys may be stored in it, and the owners' way to forbid it. */
export function PolicySection({ workspace }: { readonly workspace: string }): ReactElement {
  const query = useQuery(keyPolicyQuery(workspace));
  return (
    <Section
      title="No keys at rest"
      what="An owner can forbid to store keys in this workspace: for every member, admin and API token, until an owner lifts it and 24 hours have gone by."
    >
      <QueryPart query={query}>{(policy) => <Policy policy={policy} workspace={workspace} />}</QueryPart>
    </Section>
  );
}

interface PolicyProps {
  readonly policy: KeyPolicy;
  readonly workspace: string;
}

function Policy({ policy, workspace }: PolicyProps): ReactElement {
  const { inForce, canChange, address } = policy;
  return (
    <>
      <PolicyState policy={policy} />
      {!inForce && <p>Keys may be stored in this workspace, where the server stores any.</p>}
      {canChange && <Acts policy={policy} workspace={workspace} />}
      {!canChange && <p className="small soft">Only owners change this.</p>}
      {address !== null && <PolicyAddress address={address} />}
    </>
  );
}

function Acts({ policy: { since, liftsAt, storedKeys }, workspace }: PolicyProps): ReactElement {
  const [asked, setAsked] = useState<'set' | 'lift'>();
  const { busy, failure, run } = useAccountAct('to change the policy on stored keys', ACCOUNT_QUERY);
  const close = (): void => setAsked(undefined);
  const keep = (): void =>
    void run(
      () => keepKeyPolicy(workspace),
      () => 'The policy stays in force.',
    );
  return (
    <>
      {failure && <FailureNote failure={failure} />}
      {since === null && (
        <button type="button" className={`plain strong ${styles['start']}`} onClick={() => setAsked('set')}>
          Forbid stored keys
        </button>
      )}
      {since !== null && liftsAt === null && (
        <button type="button" className={`plain ${styles['start']}`} onClick={() => setAsked('lift')}>
          Lift the policy
        </button>
      )}
      {liftsAt !== null && (
        <button
          type="button"
          className={`plain strong ${styles['start']}`}
          aria-disabled={busy}
          onClick={keep}
        >
          {busy ? 'One moment…' : 'Keep the policy'}
        </button>
      )}
      {asked === 'set' && <SetDialog workspace={workspace} storedKeys={storedKeys} onClose={close} />}
      {asked === 'lift' && <LiftDialog workspace={workspace} onClose={close} />}
    </>
  );
}
