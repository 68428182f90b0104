import type { ReactElement } from 'react';
import { ROUTES } from '../../shared/contract/routes.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { TryAgain } from '../ui/try-again.tsx';
import styles from './registry.module.css';
import type { SignatureState } from './use-signature-check.ts';

interface SignatureNoteProps {
  readonly state: SignatureState;
  readonly publisher: string;
  /** What was checked, as the beginning of a sentence: "These files are". */
  readonly subject: string;
}

/** Whether what the page shows is what its publisher signed. */
export function SignatureNote({ state, publisher, subject }: SignatureNoteProps): ReactElement {
  return (
    <section className="sheet pad" aria-labelledby="signature-title">
      <div className="row titled">
        <h2 id="signature-title">Signature</h2>
        <Tag state={state} />
      </div>
      <Words state={state} publisher={publisher} subject={subject} />
      <p className="small soft">
        Checked in this browser, against the keys that this registry names for {publisher}. It says who made
        it, not that it is safe. To check a copy yourself: <code>npm run verify -- FOLDER --key FILE</code>,
        with the keys as <a href={ROUTES.signerKeys(`${publisher}.json`)}>JSON</a> or{' '}
        <a href={ROUTES.signerKeys(`${publisher}.pem`)}>PEM</a>.
      </p>
    </section>
  );
}

function Tag({ state }: { readonly state: SignatureState }): ReactElement {
  if (state.kind === 'checking') return <span className="tag">checking…</span>;
  if (state.kind !== 'checked') return <span className="tag warn">not checked</span>;
  return state.check.faults.length === 0 ? (
    <span className="tag ok">good</span>
  ) : (
    <span className="tag bad">not good</span>
  );
}

function Words({ state, publisher, subject }: SignatureNoteProps): ReactElement | null {
  switch (state.kind) {
    case 'checking':
      return null;
    case 'unable':
      return (
        <p>
          This page came over plain HTTP, where browsers check no signatures. Open it over HTTPS to check.
        </p>
      );
    case 'failed':
      return (
        <FailureNote failure={state.failure}>
          <TryAgain again={state.again} />
        </FailureNote>
      );
    case 'checked': {
      const { faults, notes, signer } = state.check;
      if (faults.length > 0)
        return (
          <div role="alert">
            <p className="bad">
              {subject} not what {publisher} signed. Do not install it.
            </p>
            <ul className="small">
              {faults.map((fault) => (
                <li key={fault}>{fault}</li>
              ))}
            </ul>
          </div>
        );
      return (
        <>
          <p>
            {subject} exactly what {publisher} signed.
          </p>
          <details className="small">
            <summary>Details</summary>
            <ul className={styles['facts']}>
              {notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
              {signer?.revokedAt && <li>The signing key was valid when this was published.</li>}
            </ul>
          </details>
        </>
      );
    }
  }
}
