import { type ReactElement, type ReactNode, useState } from 'react';
import { useTurn } from './use-turn.ts';

interface TurnProps {
  /** What is there when the page opens is there whole: it has a place that the reader scrolls back to. Read once. */
  readonly atOnce: boolean;
  readonly children: ReactNode;
}

/** Draws what is in it in its turn, so that a slow phone does not lay out everything that an event brought in one piece. */
export function Turn({ atOnce, children }: TurnProps): ReactElement {
  const [isFirst] = useState(atOnce);
  return <>{isFirst ? children : <Awaited>{children}</Awaited>}</>;
}

function Awaited({ children }: { readonly children: ReactNode }): ReactElement {
  return <>{useTurn() && children}</>;
}
