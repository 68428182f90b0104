import type { QueryClient } from '@tanstack/react-query';
import { currentConfig } from '../config/server-config.ts';
import { type Compose, openCompose } from './open-compose.ts';

let compose: Compose | undefined;

/** Outlives the page: a run goes on while another page of this tab is shown. */
export function composeOfTab(client: QueryClient): Compose {
  compose ??= openCompose((anew) => currentConfig(client, anew));
  return compose;
}
