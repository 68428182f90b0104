import { useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { ComposePage } from '../compose-page.tsx';
import { composeOfTab } from '../tab-compose.ts';
import { readKept } from './read-kept.ts';

/** The page `/compose` with the runs that this tab has from before a reload. */
export function KeptCompose(): ReactElement {
  return <ComposePage compose={composeOfTab(useQueryClient(), readKept(sessionStorage))} />;
}
