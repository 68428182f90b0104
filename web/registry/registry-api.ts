import { queryOptions } from '@tanstack/react-query';
import { bundleInfo, bundlePage, skillPage } from '../../shared/contract/registry.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { keysFile, keysInFile } from '../../shared/signing/read-keys-file.ts';
import { ACCOUNT_QUERY } from '../account/me.ts';
import { callJson, retryTransient } from '../http/call.ts';

// Below the account's: what is private to a workspace is among them, and must not outlast the session.
export const BUNDLES_QUERY = [...ACCOUNT_QUERY, 'bundles'] as const;

export const MAX_SHOWN = 100;

/** By what the list is narrowed, as the address and the server call it; none is empty. */
export const FILTERS = ['category', 'licence', 'signer'] as const;
export type Filters = { readonly [Filter in (typeof FILTERS)[number]]?: string };

export const bundlesQuery = (q: string, filters: Filters = {}) =>
  queryOptions({
    queryKey: [...BUNDLES_QUERY, q, filters] as const,
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ limit: String(MAX_SHOWN), ...(q === '' ? {} : { q }), ...filters });
      return callJson(bundlePage, `${ROUTES.bundles}?${query}`, { signal });
    },
    retry: retryTransient,
  });

export interface Named {
  readonly owner: string;
  readonly name: string;
  readonly version?: string | undefined;
}

export const bundleQuery = ({ owner, name, version }: Named) =>
  queryOptions({
    queryKey: [...ACCOUNT_QUERY, 'bundle', owner, name, version ?? ''] as const,
    queryFn: ({ signal }) =>
      callJson(bundleInfo, `${ROUTES.bundle(part(owner), part(name))}${versionPart(version)}`, { signal }),
    retry: retryTransient,
  });

export const skillQuery = ({ owner, name, version }: Named) =>
  queryOptions({
    queryKey: [...ACCOUNT_QUERY, 'skill', owner, name, version ?? ''] as const,
    queryFn: ({ signal }) =>
      callJson(skillPage, `${ROUTES.skill(part(owner), part(name))}${versionPart(version)}`, { signal }),
    retry: retryTransient,
  });

/** Every public signing key of a publisher, revoked ones too. */
export const keysQuery = (publisher: string) =>
  queryOptions({
    queryKey: [...ACCOUNT_QUERY, 'keys of', publisher] as const,
    queryFn: async ({ signal }) =>
      keysInFile(await callJson(keysFile, ROUTES.signerKeys(`${part(publisher)}.json`), { signal })),
    retry: retryTransient,
  });

function part(name: string): string {
  return encodeURIComponent(name);
}

function versionPart(version: string | undefined): string {
  return version === undefined ? '' : `?version=${encodeURIComponent(version)}`;
}
