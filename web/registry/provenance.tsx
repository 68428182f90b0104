import type { ReactElement } from 'react';
import type { Credentials } from '../../shared/contract/credentials.ts';
import type { Provenance as Facts } from '../../shared/contract/provenance.ts';
import type { BundleInfo } from '../../shared/contract/registry.ts';
import { formatUsd } from '../ui/format.ts';
import styles from './registry.module.css';

const PAID_BY: Readonly<Record<Credentials, string>> = {
  user: 'the author’s own key',
  stored: 'a stored key of the author’s workspace',
  operator: 'the server’s key',
  none: 'no key: the built-in sandbox, which is no model',
};

/** How a bundle was made, as far as its author shows it. It is signed with the bundle: their word, which nobody else checked. */
export function Provenance({
  bundle,
}: {
  readonly bundle: Pick<BundleInfo, 'publisher' | 'goal' | 'provenance'>;
}): ReactElement {
  const { publisher, goal, provenance } = bundle;
  return (
    <section className="sheet pad" aria-labelledby="provenance-title">
      <h2 id="provenance-title">How it was made</h2>
      {goal === null && provenance === null ? (
        <p className="soft">{publisher} does not say.</p>
      ) : (
        <>
          <dl className={styles['provenance']}>
            {goal !== null && (
              <>
                <dt>Goal</dt>
                <dd dir="auto">{goal}</dd>
              </>
            )}
            {provenance && <MadeBy facts={provenance} />}
          </dl>
          {provenance?.scores && provenance.scores.length > 0 && <Scores scores={provenance.scores} />}
          <p className="small soft">As {publisher} says and signed; the registry did not see it.</p>
        </>
      )}
    </section>
  );
}

function MadeBy({ facts: { origin, cost } }: { readonly facts: Facts }): ReactElement {
  return (
    <>
      {origin && (
        <>
          <dt>Model</dt>
          <dd>
            {origin.model}, by {origin.provider}
          </dd>
          <dt>On</dt>
          <dd>{PAID_BY[origin.credentials]}</dd>
        </>
      )}
      {cost && (
        <>
          <dt>Cost</dt>
          <dd className="num">
            {cost.usd === null ? 'not known' : `${cost.isEstimate ? 'about ' : ''}${formatUsd(cost.usd)}`}
          </dd>
        </>
      )}
    </>
  );
}

const COLUMNS = [
  ['specificity', 'Specific'],
  ['completeness', 'Complete'],
  ['safety', 'Safe'],
  ['goalAlignment', 'Fits goal'],
] as const;

function Scores({ scores }: { readonly scores: NonNullable<Facts['scores']> }): ReactElement {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className={styles['scores']} aria-label="Scores" tabIndex={0}>
      <table className="small num">
        <caption className="soft">The critic’s scores of the drafts as they were written, 0 to 10</caption>
        <thead>
          <tr>
            <th scope="col">Skill</th>
            {COLUMNS.map(([name, words]) => (
              <th key={name} scope="col">
                {words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {scores.map((one) => (
            <tr key={one.skill}>
              <th scope="row">
                <span className="skill-name">{one.skill}</span>
                {one.isEdited && <span className="soft"> edited since</span>}
              </th>
              {COLUMNS.map(([name]) => (
                <td key={name}>{one.scores[name]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
