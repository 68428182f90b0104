/** Every page of the product by its path. The server answers these with the page, and every other with the page and 404. */
export const PAGE_PATHS = [
  '/',
  '/compose',
  '/me/plans',
  '/me/plans/:id',
  '/publish/bundle',
  '/registry',
  '/b/:owner/:bundle',
  '/s/:owner/:skill',
  '/settings',
  '/settings/audit',
  '/settings/signing-keys',
  '/settings/keys',
  '/settings/keys/:id/leak',
  '/settings/workspaces',
  '/settings/workspaces/:id',
  '/invitation/:id',
  '/runs/:id',
  '/sign-in',
  '/key',
] as const;

export type PagePath = (typeof PAGE_PATHS)[number];
