import type { ReactElement } from 'react';
import { useServerConfig } from '../config/server-config.ts';
import styles from './key.module.css';
import proof from './proof.json';

/** What `npm run prove` found, as it was written when it last ran, and whether that was on the server that answers here. */
export function ProofTable(): ReactElement {
  const build = useServerConfig().data?.config.build;
  return (
    <section className={`sheet pad ${styles['proof']}`} aria-labelledby="proof-title">
      <h2 id="proof-title">The last proof</h2>
      <p className="soft small">
        {proof.scenarios.length + 1} kinds of run on canary keys: good ones, cancelled ones, a killed server,
        and a provider that sends the key back in errors, headers, addresses and text. Then every place was
        searched; each search first had to find a key that was planted there.
      </p>
      <div className={styles['proof-scroll']}>
        <table className="num">
          <thead>
            <tr>
              <th scope="col">Place</th>
              <th scope="col">Copies</th>
              <th scope="col">Expected</th>
            </tr>
          </thead>
          <tbody>
            {proof.rows.map(({ place, copies, expected }) => (
              <tr key={place} data-key={expected !== null && expected > 0 ? '' : undefined}>
                <th scope="row">{place}</th>
                <td>{copies}</td>
                <td>{expected === null ? 'not promised' : expected}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="soft small">
        {proof.date}, Node {proof.node.slice(1)}, build <code>{proof.build}</code>
        {build === undefined || build === proof.build
          ? ', the one that runs here.'
          : `. This server runs ${build}: make your own with `}
        {build !== undefined && build !== proof.build && <code>npm run prove</code>}
      </p>
    </section>
  );
}
