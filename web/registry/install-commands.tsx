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
const MORE_CLIENTS = [
  ['Gemini CLI', ' -a gemini-cli'],
  ['GitHub Copilot', ' -a github-copilot'],
  ['OpenCode', ' -a opencode'],
  ['Windsurf', ' -a windsurf'],
  ['Goose', ' -a goose'],
  ['Cline', ' -a cline'],
  ['Roo Code', ' -a roo'],
  ['OpenClaw', ' -a openclaw'],
] as const;

interface InstallCommandsProps {
  /** Below this server's address: a bundle's page, or a skill's. */
  readonly path: string;
  readonly what: 'bundle' | 'skill';
  readonly name: string;
  readonly publisher: string;
  /** Those that have no address of their own for what is unlisted are told of what is public alone. */
  readonly isPublic: boolean;
}

/** How it gets into somebody's client: one command each. */
export function InstallCommands({ path, what, ...of }: InstallCommandsProps): ReactElement {
  const base = `npx skills add ${window.location.origin}${path}`;
  return (
    <section className="sheet pad" aria-labelledby="install-title">
      <h2 id="install-title">Install</h2>
      <Commands commands={CLIENTS.map(([client, flag]) => [client, base + flag])} />
      <details className="small">
        <summary>More clients</summary>
        <Commands commands={MORE_CLIENTS.map(([client, flag]) => [client, base + flag])} />
        {of.isPublic && <Commands commands={otherPrograms(what, of)} />}
      </details>
      <p className="small soft">
        The newest version of this {what} and nothing else: each archive is checked against its digest.
      </p>
    </section>
  );
}

/** Commands of other programs than `skills`. */
function otherPrograms(
  what: 'bundle' | 'skill',
  { name, publisher }: Pick<InstallCommandsProps, 'name' | 'publisher'>,
): readonly (readonly [string, string])[] {
  const { origin } = window.location;
  if (what === 'skill') return [['ClawHub', `npx clawdhub install ${name} --registry ${origin}`]];
  const plugin = `${origin}/b/${publisher}/${name}/marketplace.json`;
  return [
    ['Plugin, first', `claude plugin marketplace add ${plugin}`],
    ['Plugin, then', `claude plugin install ${name}@${publisher}-${name}`],
  ];
}

function Commands({
  commands,
}: {
  readonly commands: readonly (readonly [client: string, command: string])[];
}): ReactElement {
  return (
    <ul className={styles['commands']}>
      {commands.map(([client, command]) => (
        <li key={client}>
          <span className="small soft">{client}</span>
          <code className="mono">{command}</code>
          <CopyButton text={() => command} />
        </li>
      ))}
    </ul>
  );
}
