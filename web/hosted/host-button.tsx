import type { ReactElement } from 'react';
import type { HostedOffer } from '../../shared/contract/server-config.ts';
import { SecretDoubt } from '../ask/goal/secret-doubt.tsx';
import type { CapInput } from '../ask/send/cap.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import styles from './host-button.module.css';
import { useHostStart } from './use-host-start.ts';

interface HostButtonProps {
  readonly offer: HostedOffer;
  readonly providerName: string;
  /** A run of this tab goes on; the button keeps its place. */
  readonly locked: boolean;
  readonly goal: string;
  readonly cap: CapInput;
  /** Puts the focus where a key of one's own goes. */
  readonly onOwnKey: () => void;
}

/** "Run on this server", on the operator's credentials: queued, and it goes on without this tab. */
export function HostButton({
  offer,
  providerName,
  locked,
  goal,
  cap,
  onOwnKey,
}: HostButtonProps): ReactElement {
  const { busy, failure, doubt, press, answerDoubt } = useHostStart(goal, cap);
  return (
    <div className={styles['host']}>
      <button
        type="button"
        className="plain"
        aria-disabled={busy || locked}
        onClick={locked ? undefined : press}
      >
        {busy ? 'Queueing…' : 'Run on this server'}
      </button>
      <p className="small soft">
        {offer.sandbox
          ? 'In the queue, with the sandbox: no real model is set up here. It goes on when you close the tab, and is saved.'
          : `In the queue, with ${providerName} at this server’s cost. It goes on when you close the tab, and is saved.`}
      </p>
      {failure && (
        <FailureNote failure={failure}>
          {failure.code === 'budget_exhausted' && (
            <button type="button" className="plain strong" onClick={onOwnKey}>
              Use my own key
            </button>
          )}
        </FailureNote>
      )}
      {doubt && <SecretDoubt onAnswer={answerDoubt} />}
    </div>
  );
}
