import type { ReactElement, ReactNode } from 'react';
import { SignedOut } from './signed-out.tsx';
import { useHandle } from './use-handle.ts';

interface MineProps {
  readonly title: string;
  /** What is here, for those who are not signed in. */
  readonly what: string;
  readonly children: ReactNode;
}

/** A page of one's own. */
export function Mine({ title, what, children }: MineProps): ReactNode | ReactElement {
  const handle = useHandle();
  if (handle === undefined) return null;
  if (handle === null) return <SignedOut title={title} what={what} />;
  return children;
}
