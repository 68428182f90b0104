import type { ReactElement, ReactNode } from 'react';
import { useServerConfig } from '../config/server-config.ts';
import { useHandle } from './me.ts';
import { SignedOut } from './signed-out.tsx';

interface MineProps {
  readonly title: string;
  /** What is here, for those who are not signed in. */
  readonly what: string;
  readonly children: ReactNode;
}

/** A page of one's own. */
export function Mine({ title, what, children }: MineProps): ReactNode | ReactElement {
  const handle = useHandle();
  const { data } = useServerConfig();
  // While it is not known who it is, because the database is away, the page itself says so and can be retried.
  if (!data) return null;
  if (handle === null) return <SignedOut title={title} what={what} />;
  return children;
}
