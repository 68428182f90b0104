import type { ReactElement } from 'react';
import styles from './key.module.css';
import { KeyWay } from './key-way.tsx';
import { ProofTable } from './proof-table.tsx';

/** Where the key is and for how long, the last proof of it, and what is promised place by place. */
export function KeyExplained(): ReactElement {
  return (
    <>
      <section className="sheet pad">
        <KeyWay host="your provider" />
      </section>
      <ProofTable />
      <dl className={styles['promises']}>
        {PROMISES.map(([where, what]) => (
          <div key={where}>
            <dt>{where}</dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

const PROMISES: readonly (readonly [string, string])[] = [
  [
    'In this tab',
    'The key is in the input field and in nothing else: no state, no storage, no address, no form data. A hint and a check read it there and leave it. When you press Plan it is read a last time, sealed to this server and the field is emptied, before the first answer comes back.',
  ],
  [
    'On the way',
    'Only the seal travels, in one header of the run’s request, and of the check’s if you ask for one. A proxy or a log between your browser and the server sees ciphertext that opens for that request alone and only for about a minute.',
  ],
  [
    'On this server',
    'The key is opened into bytes that one object owns, put into the authorization line of the calls to the provider that you chose, and overwritten with zeros when the run ends, however it ends. It is in no log, no job, no plan and no receipt.',
  ],
  [
    'At the provider',
    'The provider sees its own key, the goal and the prompts, and keeps them by its own terms. Oneturn never sends them to another one.',
  ],
  [
    'With curl',
    'A key in a plain header becomes a string in Node’s parser: it is in no log either, but copies of it stay in the server’s memory until other traffic takes their place. The page and npm run compose seal it instead.',
  ],
  [
    'Not protected',
    'A server that somebody else changed while your run lasts, your own browser with its extensions, and the provider itself. A provider that takes the key apart and sends it back in pieces is stopped on the way to you, but those pieces were text in the server’s memory for a moment.',
  ],
];
