import { type ComponentType, lazy } from 'react';
import { ComposeRoute } from './compose/compose-route.tsx';

/** One page of the product. `nav`: its name in the header, where it has a place there. */
export interface PageRoute {
  readonly path: string;
  readonly title: string;
  readonly nav?: string;
  /** Pages below it, by how their paths begin: the header marks it for them too. */
  readonly above?: readonly string[];
  readonly Page: ComponentType;
}

/** Every page by its path. Each is a chunk of its own but the first, which comes with the app: one file less to wait for. */
export const PAGES: readonly PageRoute[] = [
  {
    path: '/compose',
    title: 'Compose',
    nav: 'Compose',
    Page: ComposeRoute,
  },
  {
    path: '/me/plans',
    title: 'My plans',
    nav: 'Plans',
    above: ['/me/plans/', '/runs/'],
    Page: lazy(async () => ({ default: (await import('./plans/plans-page.tsx')).PlansPage })),
  },
  {
    path: '/me/plans/:id',
    title: 'Plan',
    Page: lazy(async () => ({ default: (await import('./plans/plan-page.tsx')).PlanPage })),
  },
  {
    path: '/settings',
    title: 'Settings',
    Page: lazy(async () => ({ default: (await import('./settings/settings-page.tsx')).SettingsPage })),
  },
  {
    path: '/settings/audit',
    title: 'Audit log',
    Page: lazy(async () => ({ default: (await import('./settings/audit-page.tsx')).AuditPage })),
  },
  {
    path: '/runs/:id',
    title: 'Run',
    Page: lazy(async () => ({ default: (await import('./hosted/run-page.tsx')).RunPage })),
  },
  {
    path: '/sign-in',
    title: 'Sign in',
    Page: lazy(async () => ({ default: (await import('./account/sign-in-page.tsx')).SignInPage })),
  },
  {
    path: '/key',
    title: 'What happens to my key',
    nav: 'My key',
    Page: lazy(async () => ({ default: (await import('./key/key-page.tsx')).KeyPage })),
  },
];

export const FIRST_PAGE = '/compose';
