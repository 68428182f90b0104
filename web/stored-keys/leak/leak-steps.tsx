import { useQueryClient } from '@tanstack/react-query';
import { type ReactElement, type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import type { KeyLeak, LeakStep } from '../../../shared/contract/vault/key-leak.ts';
import type { StoredKey } from '../../../shared/contract/vault/stored-key.ts';
import { useAccountAct } from '../../account/use-account-act.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { formatDayAndTime } from '../../ui/dates.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { plural } from '../../ui/format.ts';
import { KeyDialog } from '../key-dialog.tsx';
import { keyInWords } from '../key-words.ts';
import { storedKeysQuery } from '../stored-keys-api.ts';
import styles from './leak.module.css';
import { leakQuery, noteLeak, withStep } from './leak-api.ts';
import { LeakCalls } from './leak-calls.tsx';
import { wayOf } from './vendor-ways.ts';

interface LeakStepsProps {
  readonly info: StoredKey;
  readonly leak: KeyLeak;
  /** Its name. */
  readonly provider: string;
  readonly keysUrl: string | undefined;
  /** All of the workspace. */
  readonly keys: readonly StoredKey[];
}

/** The five steps in order. Two show by the keys themselves, three are checked off by hand. */
export function LeakSteps({ info, leak, provider, keysUrl, keys }: LeakStepsProps): ReactElement {
  const { steps, since } = leak;
  const { command, words, usageUrl } = wayOf(info.provider);
  const fresh = keys.find(
    (key) => key.isDefault && key.id !== info.id && key.provider === info.provider && key.site === info.site,
  );
  const isGone = info.state === 'destroyed';
  const done = [steps.vendorRevoked, fresh, isGone, steps.callsSeen, steps.usageCompared].filter(Boolean);
  const mark = (step: LeakStep, label: string): ReactElement => <Mark {...{ info, leak, step, label }} />;
  return (
    <>
      <p className="num" role="status">
        {done.length === 5 ? 'All five steps are done.' : `${done.length} of 5 steps are done.`}{' '}
        <span className="soft">Others may have had it since {formatDayAndTime(since)}.</span>
      </p>
      <ol className={styles['steps']}>
        <Step title={`Revoke it at ${provider}`} isDone={steps.vendorRevoked !== null}>
          <p>
            {keysUrl ? (
              <a href={keysUrl} target="_blank" rel="noopener noreferrer">
                {new URL(keysUrl).host}
              </a>
            ) : (
              'Whoever runs that endpoint can end it.'
            )}{' '}
            {words}
          </p>
          {command && (
            <div className={styles['command']}>
              <code className="mono">{command}</code>
              <CopyButton text={() => command} label="Copy command" />
            </div>
          )}
          {mark('vendorRevoked', `I have revoked it at ${provider}`)}
        </Step>
        <Step title="Add a new key and make it the default" isDone={fresh !== undefined}>
          {fresh ? (
            <p>
              “{fresh.name}” <span className="mono">{keyInWords(fresh)}</span> is the default now.
            </p>
          ) : (
            <p>
              Add it in <Link href="/settings/keys">Stored keys</Link> and make it the default. Until then
              runs on {provider} have the leaked one, or none.
            </p>
          )}
        </Step>
        <Step title="Destroy it here" isDone={isGone}>
          <DestroyHere info={info} provider={provider} />
        </Step>
        <Step title="Look through the calls on it" isDone={steps.callsSeen !== null}>
          <LeakCalls id={info.id} since={since} />
          {mark('callsSeen', 'Every one of them is ours')}
        </Step>
        <Step title={`Compare with what ${provider} counted`} isDone={steps.usageCompared !== null}>
          <p>
            The sums above are all that this server did with the key. What {provider} counted beyond them was
            somebody else{' '}
            {usageUrl ? (
              <a href={usageUrl} target="_blank" rel="noopener noreferrer">
                ({new URL(usageUrl).host})
              </a>
            ) : (
              '(see its page on usage or billing)'
            )}
            . Its days may begin at another hour than these, which are UTC.
          </p>
          {mark('usageCompared', 'I have compared them')}
        </Step>
      </ol>
    </>
  );
}

interface StepProps {
  readonly title: string;
  readonly isDone: boolean;
  readonly children: ReactNode;
}

function Step({ title, isDone, children }: StepProps): ReactElement {
  return (
    <li className="sheet pad">
      <h2>
        {title} {isDone && <span className="tag ok">done</span>}
      </h2>
      {children}
    </li>
  );
}

interface MarkProps {
  readonly info: StoredKey;
  readonly leak: KeyLeak;
  readonly step: LeakStep;
  readonly label: string;
}

function Mark({ info, leak, step, label }: MarkProps): ReactElement {
  const { busy, failure, run } = useAccountAct('to deal with the leak', storedKeysQuery.queryKey);
  const client = useQueryClient();
  const checked = leak.steps[step];
  const note = (isDone: boolean): void =>
    void run(async () => {
      const now = await noteLeak(info.id, withStep(leak, step, isDone));
      client.setQueryData(leakQuery(info.id).queryKey, now);
    });
  return (
    <>
      <label className="check">
        <input
          type="checkbox"
          // while it is sent, as it is wanted
          checked={busy !== (checked !== null)}
          disabled={busy}
          onChange={({ currentTarget }) => note(currentTarget.checked)}
        />
        <span>
          {label}
          {checked && (
            <span className="small soft">
              {' '}
              · {checked.by}, {formatDayAndTime(checked.at)}
            </span>
          )}
        </span>
      </label>
      {failure && <FailureNote failure={failure} />}
    </>
  );
}

function DestroyHere({ info, provider }: Pick<LeakStepsProps, 'info' | 'provider'>): ReactElement {
  const [asked, setAsked] = useState(false);
  if (info.state === 'destroyed')
    return (
      <p>
        Its ciphertext is deleted, and no run is on it. Backups of the database keep it for as long as they
        last.
      </p>
    );
  return (
    <>
      <p>
        Deletes its ciphertext at once
        {info.openRuns === 0 ? '. No run is on it now.' : ` and stops ${plural(info.openRuns, 'run')} on it.`}
      </p>
      <button type="button" className={`plain stop ${styles['start']}`} onClick={() => setAsked(true)}>
        Revoke now
      </button>
      {asked && (
        <KeyDialog act="revoke" {...{ info, provider, overlapHours: 0 }} onClose={() => setAsked(false)} />
      )}
    </>
  );
}
