import type { ReactElement } from 'react';
import type { CreatedTryLink } from '../../../shared/contract/author/try-link.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import styles from './try-links.module.css';

interface ShownTryLinkProps {
  readonly made: CreatedTryLink;
  readonly onClose: () => void;
}

/** The only time that a link is on the page; the server keeps no more than its hash. */
export function ShownTryLink({ made, onClose }: ShownTryLinkProps): ReactElement {
  const { path, skills, leftOut } = made;
  // without it the client tells its maker's servers where it installed from, which is the secret
  const command = `DISABLE_TELEMETRY=1 npx skills add ${window.location.origin}${path}`;
  return (
    <Dialog title="Your link is made" sticky onClose={onClose}>
      <p>Copy it now: it is shown this once, and the server keeps only its hash.</p>
      <code className={`mono ${styles['secret']}`}>{command}</code>
      <p className="small soft">
        The first word keeps the client from sending the link to its maker. Its lock file has the link too, so
        commit neither.
      </p>
      <p className="small">
        {skills.length === 0 ? 'It serves no skill yet.' : `It serves ${skills.join(', ')}.`}
      </p>
      {leftOut.length > 0 && (
        <ul className="small">
          {leftOut.map(({ name, reason }) => (
            <li key={name}>
              Not {name}: {reason}
            </li>
          ))}
        </ul>
      )}
      <div className="row actions">
        <CopyButton text={() => command} label="Copy command" />
        <button type="button" className="plain" onClick={onClose}>
          I have it
        </button>
      </div>
    </Dialog>
  );
}
