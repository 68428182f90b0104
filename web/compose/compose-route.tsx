import { useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { currentConfig } from '../config/server-config.ts';
import { ComposePage } from './compose-page.tsx';
import { type Compose, openCompose } from './open-compose.ts';

/** Outlives the page: a run goes on while another page of this tab is shown. */
let compose: Compose | undefined;

export function ComposeRoute(): ReactElement {
  const client = useQueryClient();
  compose ??= openCompose(() => currentConfig(client));
  return <ComposePage compose={compose} />;
}
