/**
 * Paths of what authors and readers do about skills. Apart from `ROUTES`, of which every byte is in the first page that anybody loads.
 */
export const AUTHOR_ROUTES = {
  /** Where a reader reports a skill. */
  skillReports: <Owner extends string, Name extends string>(owner: Owner, name: Name) =>
    `/v1/skills/${owner}/${name}/reports` as const,
  /** Where a bundle is given to another workspace. */
  bundleTransfer: <Owner extends string, Name extends string>(owner: Owner, name: Name) =>
    `/v1/bundles/${owner}/${name}/transfer` as const,
  planTryLinks: <Id extends string>(id: Id) => `/v1/plans/${id}/try-links` as const,
  tryLink: <Id extends string>(id: Id) => `/v1/try-links/${id}` as const,
  /** What a client installs a plan from. */
  tried: <Secret extends string>(secret: Secret) => `/try/${secret}` as const,
  imports: '/v1/imports',
  /** Asks the operator's critic about a bundle that is to be published. */
  critiques: '/v1/critiques',
} as const;
