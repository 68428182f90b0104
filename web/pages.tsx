import type { ComponentType } from 'react';
import type { PagePath } from '../shared/contract/page-paths.ts';
import { part } from './chunks/part.tsx';
import { ComposeRoute } from './compose/compose-route.tsx';

/** One page of the product. `nav`: its name in the header, where it has a place there. */
export interface PageRoute {
  readonly path: Exclude<PagePath, '/'>;
  readonly title: string;
  readonly nav?: string;
  /** Pages below it, by how their paths begin: the header marks it for them too. */
  readonly above?: readonly string[];
  readonly Page: ComponentType;
}

export const FIRST_PAGE = '/compose';

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
    above: ['/me/plans/', '/runs/', '/publish/'],
    Page: pagePart(
      () => import('./plans/plans-page.tsx'),
      ({ PlansPage }) => PlansPage,
    ),
  },
  {
    path: '/me/plans/:id',
    title: 'Plan',
    Page: pagePart(
      () => import('./plans/plan-page.tsx'),
      ({ PlanPage }) => PlanPage,
    ),
  },
  {
    path: '/publish/bundle',
    title: 'Publish a bundle',
    Page: pagePart(
      () => import('./publish/publish-page.tsx'),
      ({ PublishPage }) => PublishPage,
    ),
  },
  {
    path: '/registry',
    title: 'Registry',
    nav: 'Registry',
    above: ['/b/', '/s/'],
    Page: pagePart(
      () => import('./registry/registry-page.tsx'),
      ({ RegistryPage }) => RegistryPage,
    ),
  },
  {
    path: '/b/:owner/:bundle',
    title: 'Bundle',
    Page: pagePart(
      () => import('./registry/bundle-page.tsx'),
      ({ BundlePage }) => BundlePage,
    ),
  },
  {
    path: '/s/:owner/:skill',
    title: 'Skill',
    Page: pagePart(
      () => import('./registry/skill-page.tsx'),
      ({ SkillPage }) => SkillPage,
    ),
  },
  {
    path: '/settings',
    title: 'Settings',
    Page: pagePart(
      () => import('./settings/settings-page.tsx'),
      ({ SettingsPage }) => SettingsPage,
    ),
  },
  {
    path: '/settings/audit',
    title: 'Audit log',
    Page: pagePart(
      () => import('./settings/audit-page.tsx'),
      ({ AuditPage }) => AuditPage,
    ),
  },
  {
    path: '/settings/signing-keys',
    title: 'Signing keys',
    Page: pagePart(
      () => import('./settings/signing-keys-page.tsx'),
      ({ SigningKeysPage }) => SigningKeysPage,
    ),
  },
  {
    path: '/settings/keys',
    title: 'Stored keys',
    Page: pagePart(
      () => import('./stored-keys/stored-keys-page.tsx'),
      ({ StoredKeysPage }) => StoredKeysPage,
    ),
  },
  {
    path: '/settings/keys/:id/leak',
    title: 'A key leaked',
    Page: pagePart(
      () => import('./stored-keys/leak/leak-page.tsx'),
      ({ LeakPage }) => LeakPage,
    ),
  },
  {
    path: '/settings/workspaces',
    title: 'Workspaces',
    Page: pagePart(
      () => import('./workspaces/workspaces-page.tsx'),
      ({ WorkspacesPage }) => WorkspacesPage,
    ),
  },
  {
    path: '/settings/workspaces/:id',
    title: 'Workspace',
    Page: pagePart(
      () => import('./workspaces/workspace-page.tsx'),
      ({ WorkspacePage }) => WorkspacePage,
    ),
  },
  {
    path: '/invitation/:id',
    title: 'Invitation',
    Page: pagePart(
      () => import('./workspaces/invitation-page.tsx'),
      ({ InvitationPage }) => InvitationPage,
    ),
  },
  {
    path: '/runs/:id',
    title: 'Run',
    Page: pagePart(
      () => import('./runs/run-page.tsx'),
      ({ RunPage }) => RunPage,
    ),
  },
  {
    path: '/sign-in',
    title: 'Sign in',
    Page: pagePart(
      () => import('./account/sign-in-page.tsx'),
      ({ SignInPage }) => SignInPage,
    ),
  },
  {
    path: '/key',
    title: 'What happens to my key',
    nav: 'About keys',
    Page: pagePart(
      () => import('./key/key-page.tsx'),
      ({ KeyPage }) => KeyPage,
    ),
  },
];

/** A page in a chunk of its own; where that does not come, the page says so. */
function pagePart<Module>(
  load: () => Promise<Module>,
  pick: (module: Module) => ComponentType,
): ComponentType {
  return part(load, pick, { frame: (problem) => <div className="page">{problem}</div> });
}
