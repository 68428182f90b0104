import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useId, useState } from 'react';
import { Link } from 'wouter';
import type { ServerConfig } from '../../shared/contract/server-config.ts';
import type { StoredOffer } from '../../shared/contract/vault/stored-use.ts';
import { SecretDoubt } from '../ask/goal/secret-doubt.tsx';
import type { CapInput } from '../ask/send/cap.ts';
import { FailureNote } from '../ui/failure-note.tsx';

import styles from './host-button.module.css';
import { runsQuery } from './hosted-api.ts';
import { useHostStart } from './use-host-start.ts';

interface StoredStartProps {
  readonly config: ServerConfig;
  /** A run of this tab goes on; the button keeps its place. */
  readonly locked: boolean;
  readonly goal: string;
  readonly cap: CapInput;
}

/** "Run on your stored key", for people whose workspace has one: queued, and billed by the key's vendor. Nothing where it has none. */
export function StoredStart({ config, locked, goal, cap }: StoredStartProps): ReactElement | null {
  const { data } = useQuery(runsQuery);
  const [picked, setPicked] = useState(0);
  const label = useId();
  const offers = data?.storedOffers ?? [];
  const offer = offers[picked] ?? offers[0];
  const { busy, failure, doubt, press, answerDoubt } = useHostStart(goal, cap, offer);
  if (!offer) return null;

  const vendorOf = ({ provider }: StoredOffer): string =>
    config.providers.find(({ id }) => id === provider)?.name ?? provider;
  return (
    <div className={styles['host']}>
      {offers.length > 1 && (
        <>
          <label htmlFor={label}>Stored key</label>
          <select id={label} value={picked} onChange={({ target }) => setPicked(Number(target.value))}>
            {offers.map((one, index) => (
              <option key={`${one.provider} ${one.site}`} value={index}>
                {[vendorOf(one), one.site, keyInWords(one)].filter(Boolean).join(' · ')}
              </option>
            ))}
          </select>
        </>
      )}
      <button
        type="button"
        className="plain"
        aria-disabled={busy || locked}
        onClick={locked ? undefined : press}
      >
        {busy ? 'Queueing…' : 'Run on your stored key'}
      </button>
      <p className="small soft">
        In the queue, with {offer.model} on {keyInWords(offer)}, the default of your workspace: 0 credits of
        this server, billed by {vendorOf(offer)}. It goes on when you close the tab, and is saved.{' '}
        <Link href="/settings/keys">Stored keys</Link>
      </p>
      {failure && <FailureNote failure={failure} />}
      {doubt && <SecretDoubt onAnswer={answerDoubt} />}
    </div>
  );
}

function keyInWords({ name, lastFour }: StoredOffer): string {
  return lastFour === null ? `“${name}”` : `“${name}” …${lastFour}`;
}
