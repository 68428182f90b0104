import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useSearchParams } from 'wouter';
import { ACCOUNT_QUERY } from '../account/me.ts';
import { useEndedSession } from '../account/use-signed-in.ts';
import { retryTransient } from '../http/call.ts';
import { useSettled } from '../ui/use-settled.ts';
import { type AuditSearch, listAudit } from './audit-api.ts';

const TYPING_PAUSE_MS = 250;
const FIELDS = ['handle', 'action', 'from', 'to'] as const;

/** The search is in the address, so that it can be kept and shared with other admins. */
export function useAuditSearch(): readonly [AuditSearch, (change: Partial<AuditSearch>) => void] {
  const [params, setParams] = useSearchParams();
  const text = (name: keyof AuditSearch): string => params.get(name) ?? '';
  const search: AuditSearch = {
    handle: text('handle'),
    action: text('action'),
    from: text('from'),
    to: text('to'),
  };
  const change = (part: Partial<AuditSearch>): void => {
    const next = { ...search, ...part };
    setParams(
      new URLSearchParams(FIELDS.filter((name) => next[name] !== '').map((name) => [name, next[name]])),
      { replace: true },
    );
  };
  return [search, change];
}

export function useAudit(search: AuditSearch) {
  const handle = useSettled(search.handle, TYPING_PAUSE_MS);
  const asked: AuditSearch = { ...search, handle };
  const query = useInfiniteQuery({
    queryKey: [...ACCOUNT_QUERY, 'audit', asked],
    queryFn: ({ pageParam, signal }) => listAudit(asked, pageParam, signal),
    // as: the parameter of the first page, which the later ones widen
    initialPageParam: null as number | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    retry: retryTransient,
  });
  useEndedSession(query.error);
  return query;
}
