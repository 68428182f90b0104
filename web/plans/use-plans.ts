import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { Failure } from '../../shared/contract/failure.ts';
import type { PlanSummary } from '../../shared/contract/saved-plan.ts';
import { useEndedSession } from '../account/use-signed-in.ts';
import { failureOf, retryTransient } from '../http/call.ts';
import { useSettled } from '../ui/use-settled.ts';
import { listPlans, PLANS_QUERY, type PlanSearch } from './plans-api.ts';

/** A pause in typing after which the search is asked. */
const TYPING_PAUSE_MS = 180;

export interface FoundPlans {
  readonly plans: readonly PlanSummary[];
  readonly total: number | undefined;
  readonly error: Failure | undefined;
  readonly isPending: boolean;
  /** What is shown answers an earlier search. */
  readonly isStale: boolean;
  readonly more: { readonly busy: boolean; readonly load: () => void } | undefined;
  readonly refetch: () => void;
}

export function usePlans(asked: PlanSearch): FoundPlans {
  const q = useSettled(asked.q, TYPING_PAUSE_MS);
  const search: PlanSearch = { q, sort: asked.sort };
  const query = useInfiniteQuery({
    queryKey: [...PLANS_QUERY, search],
    queryFn: ({ pageParam, signal }) => listPlans(search, pageParam, signal),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const shown = pages.reduce((sum, page) => sum + page.plans.length, 0);
      return shown < last.total && last.plans.length > 0 ? shown : undefined;
    },
    placeholderData: keepPreviousData,
    retry: retryTransient,
  });
  useEndedSession(query.error);
  const pages = query.data?.pages;

  return {
    // Somebody may have saved a plan between two pages: each id once.
    plans: [
      ...new Map(pages?.flatMap((page) => page.plans.map((plan) => [plan.id, plan] as const))).values(),
    ],
    total: pages?.at(-1)?.total,
    error: query.error ? failureOf(query.error) : undefined,
    isPending: query.isPending,
    isStale: query.isPlaceholderData || q !== asked.q,
    more: query.hasNextPage
      ? { busy: query.isFetchingNextPage, load: () => void query.fetchNextPage() }
      : undefined,
    refetch: () => void query.refetch(),
  };
}
