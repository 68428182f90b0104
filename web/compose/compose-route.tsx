import { useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { part } from '../chunks/part.tsx';
import { ComposePage } from './compose-page.tsx';
import { composeOfTab, hasUnreadRuns } from './tab-compose.ts';

/** After a reload, when what the tab has kept is read first. */
const KeptCompose = part(
  () => import('./kept/kept-compose.tsx'),
  ({ KeptCompose }) => KeptCompose,
  { frame: (problem) => <div className="page">{problem}</div> },
);

/** The page `/compose`, on the one run that this tab has. */
export function ComposeRoute(): ReactElement {
  const client = useQueryClient();
  // Asked once: another element would be another page, with its key's field empty.
  const [isUnread] = useState(hasUnreadRuns);
  return isUnread ? <KeptCompose /> : <ComposePage compose={composeOfTab(client)} />;
}
