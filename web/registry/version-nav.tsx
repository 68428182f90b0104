import type { ReactElement } from 'react';
import { Link } from 'wouter';

interface VersionNavProps {
  /** Of the page, without its version. */
  readonly path: string;
  /** The latest first. */
  readonly versions: readonly string[];
  readonly shown: string;
}

/** Every version that the reader may see, where there are several, and a word where the page shows an old one. */
export function VersionNav({ path, versions, shown }: VersionNavProps): ReactElement | null {
  const [latest] = versions;
  if (versions.every((one) => one === shown)) return null;
  return (
    <>
      <nav className="row small num" aria-label="Versions">
        <span className="soft">Versions</span>
        {versions.map((one) => (
          <Link
            key={one}
            href={one === latest ? path : `${path}?version=${one}`}
            aria-current={one === shown ? 'page' : undefined}
          >
            {one}
          </Link>
        ))}
      </nav>
      {latest !== undefined && latest !== shown && (
        <p className="small">
          This is version {shown}. Clients install <Link href={path}>{latest}</Link>.
        </p>
      )}
    </>
  );
}
