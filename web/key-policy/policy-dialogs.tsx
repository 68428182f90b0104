import type { ReactElement } from 'react';
import { ACCOUNT_QUERY } from '../account/me.ts';
import { useAccountAct } from '../account/use-account-act.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { liftKeyPolicy, setKeyPolicy } from './key-policy-api.ts';
import { whatGoes, whatWent } from './policy-words.ts';

interface DialogProps {
  readonly workspace: string;
  readonly onClose: () => void;
}

/** Says what is destroyed, and what becomes public. */
export function SetDialog({
  workspace,
  storedKeys,
  onClose,
}: DialogProps & { readonly storedKeys: number }): ReactElement {
  const { busy, failure, run } = useAccountAct('to change the policy on stored keys', ACCOUNT_QUERY);
  const button = storedKeys === 0 ? 'Forbid' : 'Destroy and forbid';
  const set = async (): Promise<void> => {
    const done = await run(
      () => setKeyPolicy(workspace),
      ({ revokedKeys, stoppedRuns }) => whatWent(revokedKeys, stoppedRuns),
    );
    if (done) onClose();
  };
  return (
    <Dialog title="Forbid stored keys?" onClose={onClose}>
      <p>
        Nobody can store a key in this workspace then: no member, admin, owner or API token.{' '}
        {whatGoes(storedKeys)}
      </p>
      <p>
        Only an owner can lift that, and members are told for 24 hours before it counts. Runs on a key that is
        pasted go on as they are.
      </p>
      <p className="small soft">
        The policy gets an unguessable address that only owners see here. Whoever they give it to reads,
        signed by this server: this workspace’s name in addresses, since when the policy holds, whether its
        end is announced, and how many keys are stored. Nobody’s name, and nothing of a key.
      </p>
      {failure && <FailureNote failure={failure} />}
      <div className="row actions">
        <button type="button" className="plain stop" aria-disabled={busy} onClick={() => void set()}>
          {busy ? 'One moment…' : button}
        </button>
        <button type="button" className="plain" onClick={onClose}>
          Leave it
        </button>
      </div>
    </Dialog>
  );
}

export function LiftDialog({ workspace, onClose }: DialogProps): ReactElement {
  const { busy, failure, run } = useAccountAct('to change the policy on stored keys', ACCOUNT_QUERY);
  const lift = async (): Promise<void> => {
    const done = await run(
      () => liftKeyPolicy(workspace),
      () => 'The policy ends in 24 hours, and members see that.',
    );
    if (done) onClose();
  };
  return (
    <Dialog title="Lift the policy?" onClose={onClose}>
      <p>
        It stays in force for 24 hours more. In that time every member sees here and at the stored keys that
        you asked for its end, the audit log has it, and an owner can take it back at once.
      </p>
      {failure && <FailureNote failure={failure} />}
      <div className="row actions">
        <button type="button" className="plain stop" aria-disabled={busy} onClick={() => void lift()}>
          {busy ? 'One moment…' : 'Lift in 24 hours'}
        </button>
        <button type="button" className="plain" onClick={onClose}>
          Leave it
        </button>
      </div>
    </Dialog>
  );
}
