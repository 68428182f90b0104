import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { currentConfig } from '../config/server-config.ts';
import { ComposePage } from './compose-page.tsx';
import { type Compose, openCompose } from './session/open-compose.ts';

let compose: Compose | undefined;

/** Kept outside of the component: a run goes on while another page of this tab is shown. */
function composeOfTab(client: QueryClient): Compose {
  compose ??= openCompose((anew) => currentConfig(client, anew));
  return compose;
}

/** The page `/compose`, on the one run that this tab has. */
export function ComposeRoute(): ReactElement {
  return <ComposePage compose={composeOfTab(useQueryClient())} />;
}
