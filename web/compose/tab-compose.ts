import type { QueryClient } from '@tanstack/react-query';
import { currentConfig } from '../config/server-config.ts';
import { RUN_STORAGE } from './kept/kept-run.ts';
import type { Kept } from './kept/read-kept.ts';
import { RUNS_STORAGE } from './kept/run-shelf.ts';
import { type Compose, openCompose } from './session/open-compose.ts';

let compose: Compose | undefined;

/** The one compose of this tab, kept outside of any component: a run goes on while another page is shown. */
export function composeOfTab(client: QueryClient, kept?: Kept): Compose {
  compose ??= openCompose((anew) => currentConfig(client, anew), kept);
  return compose;
}

/** Runs from before a reload wait to be read; what reads them has not come yet. */
export function hasUnreadRuns(): boolean {
  try {
    const names = [RUN_STORAGE, RUNS_STORAGE];
    return !compose && names.some((name) => sessionStorage.getItem(name) !== null);
  } catch {
    return false;
  }
}
