import { queryOptions } from '@tanstack/react-query';
import { AUTHOR_ROUTES } from '../../../shared/contract/author/author-routes.ts';
import {
  type CreatedTryLink,
  type CreateTryLink,
  createdTryLink,
  tryLinkList,
} from '../../../shared/contract/author/try-link.ts';
import { ACCOUNT_QUERY } from '../../account/me.ts';
import { call, callJson, retryTransient } from '../../http/call.ts';

export const tryLinksQuery = (planId: string) =>
  queryOptions({
    queryKey: [...ACCOUNT_QUERY, 'try links', planId] as const,
    queryFn: ({ signal }) => callJson(tryLinkList, AUTHOR_ROUTES.planTryLinks(planId), { signal }),
    retry: retryTransient,
  });

export function makeTryLink(planId: string, hours: CreateTryLink['hours']): Promise<CreatedTryLink> {
  return callJson(createdTryLink, AUTHOR_ROUTES.planTryLinks(planId), { method: 'POST', body: { hours } });
}

export async function revokeTryLink(id: string): Promise<void> {
  await call(AUTHOR_ROUTES.tryLink(id), { method: 'DELETE' });
}
