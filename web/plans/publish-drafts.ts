import { queryOptions } from '@tanstack/react-query';
import { type PublishStep, publishDraftList } from '../../shared/contract/publish-draft.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { ACCOUNT_QUERY } from '../account/me.ts';
import { callJson, retryTransient } from '../http/call.ts';

/** How far the publishing of each plan has come, for those that somebody began to publish. */
export const publishDraftsQuery = queryOptions({
  queryKey: [...ACCOUNT_QUERY, 'publish-drafts'] as const,
  queryFn: async ({ signal }): Promise<ReadonlyMap<string, PublishStep>> => {
    const { drafts } = await callJson(publishDraftList, ROUTES.publishDrafts, { signal });
    return new Map(drafts.map(({ planId, step }) => [planId, step]));
  },
  structuralSharing: false,
  retry: retryTransient,
});

/** The page on which a plan is published, for links. */
export function publishPath(planId: string): string {
  return `/publish/bundle?plan=${planId}`;
}
