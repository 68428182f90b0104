import { queryOptions } from '@tanstack/react-query';
import type { Plan } from '../../../shared/contract/plan.ts';
import { skillPage } from '../../../shared/contract/registry.ts';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { ACCOUNT_QUERY } from '../../account/me.ts';
import { callJson, failureOf, retryTransient } from '../../http/call.ts';

/** A published version that the bundle reuses: whoever installs it gets these bytes and no others. */
export interface Pin {
  readonly name: string;
  readonly version: string;
  readonly publisher: string;
  readonly contentDigest: string;
}

/** By item; null: nothing by that name and version is published here, as with the skills that Oneturn brings along. */
export const pinsQuery = (plan: Plan | null) => {
  const reused = plan?.items.filter(({ action, ref }) => action === 'reuse' && ref) ?? [];
  return queryOptions({
    queryKey: [...ACCOUNT_QUERY, 'pins', reused.map(({ id, ref }) => ({ id, ref }))] as const,
    queryFn: async ({ signal }): Promise<ReadonlyMap<string, Pin | null>> => {
      const pins = reused.map(async ({ id, ref }) => [id, ref ? await pinOf(ref, signal) : null] as const);
      return new Map(await Promise.all(pins));
    },
    // a map is not to be compared field by field
    structuralSharing: false,
    retry: retryTransient,
  });
};

async function pinOf(
  { owner, name, version }: { readonly owner: string; readonly name: string; readonly version: string },
  signal: AbortSignal,
): Promise<Pin | null> {
  const path = ROUTES.skill(encodeURIComponent(owner), encodeURIComponent(name));
  try {
    const { skill } = await callJson(skillPage, `${path}?version=${encodeURIComponent(version)}`, { signal });
    return { name, version, publisher: skill.publisher, contentDigest: skill.contentDigest };
  } catch (error) {
    if (failureOf(error).code === 'not_found') return null;
    throw error;
  }
}
