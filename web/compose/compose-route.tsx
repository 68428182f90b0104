import { useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { composeOfTab } from './compose-of-tab.ts';
import { ComposePage } from './compose-page.tsx';

export function ComposeRoute(): ReactElement {
  return <ComposePage compose={composeOfTab(useQueryClient())} />;
}
