import type { ReactElement } from 'react';
import { CopyButton } from '../ui/copy-button.tsx';
import styles from './registry.module.css';

/** Clients of the `skills` program, by its name for them. */
const CLIENTS = [
  ['Any client', ''],
  ['Claude Code', ' -a claude-code'],
  ['Codex', ' -a codex'],
  ['Cursor', ' -a cursor'],
] as const;

/** How a bundle gets into somebody's client: one command each. */
export function InstallCommands({
  owner,
  name,
}: {
  readonly owner: string;
  readonly name: string;
}): ReactElement {
  const address = `${window.location.origin}/b/${owner}/${name}`;
  return (
    <section className="sheet pad" aria-labelledby="install-title">
      <h2 id="install-title">Install</h2>
      <ul className={styles['commands']}>
        {CLIENTS.map(([client, flag]) => {
          const command = `npx skills add ${address}${flag}`;
          return (
            <li key={client}>
              <span className="small soft">{client}</span>
              <code className="mono">{command}</code>
              <CopyButton text={() => command} />
            </li>
          );
        })}
      </ul>
      <p className="small soft">
        The newest version of this bundle and nothing else: each archive is checked against its digest.
      </p>
    </section>
  );
}
