import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { AUTHOR_ROUTES } from '../../shared/contract/author/author-routes.ts';
import { type CriticReport, critiqueAnswer } from '../../shared/contract/author/critic.ts';
import {
  type PublishDraft,
  type PublishWork,
  publishConflict,
  publishState,
  savedDraft,
} from '../../shared/contract/publish-draft.ts';
import { type BundleInfo, type PublishBundle, publishAnswer } from '../../shared/contract/registry.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { ACCOUNT_QUERY } from '../account/me.ts';
import { CallFailed, call, callJson, retryTransient } from '../http/call.ts';

export const publishStateQuery = (planId: string) =>
  queryOptions({
    queryKey: [...ACCOUNT_QUERY, 'publish-state', planId] as const,
    queryFn: ({ signal }) => callJson(publishState, ROUTES.publishDraft(planId), { signal }),
    retry: retryTransient,
    // what another tab did meanwhile counts, not what this one remembers
    gcTime: 0,
    staleTime: 0,
  });

export type Saved =
  | { readonly kind: 'saved'; readonly rev: number }
  /** Null: it was published or discarded elsewhere. */
  | { readonly kind: 'conflict'; readonly current: PublishDraft | null };

/** `rev`: the one that was changed; null: the first save. */
export async function putDraft(planId: string, rev: number | null, work: PublishWork): Promise<Saved> {
  try {
    const { rev: next } = await callJson(savedDraft, ROUTES.publishDraft(planId), {
      method: 'PUT',
      body: work,
      headers: rev === null ? { 'if-none-match': '*' } : { 'if-match': `"${rev}"` },
    });
    return { kind: 'saved', rev: next };
  } catch (error) {
    const conflict =
      error instanceof CallFailed && error.failure.code === 'conflict'
        ? z.safeParse(publishConflict, error.answer)
        : undefined;
    if (conflict?.success) return { kind: 'conflict', current: conflict.data.current };
    throw error;
  }
}

export async function discardDraft(planId: string): Promise<void> {
  await call(ROUTES.publishDraft(planId), { method: 'DELETE' });
}

/** What would be public, as the server reads it; nothing is stored. */
export async function dryRun(wish: PublishBundle, signal?: AbortSignal): Promise<BundleInfo> {
  const answer = await callJson(publishAnswer, ROUTES.bundles, {
    method: 'POST',
    body: { ...wish, dryRun: true },
    ...(signal ? { signal } : {}),
  });
  return answer.bundle;
}

/** What the operator's critic says of it; null: there is none. */
export async function askCritic(wish: PublishBundle): Promise<CriticReport | null> {
  const answer = await callJson(critiqueAnswer, AUTHOR_ROUTES.critiques, {
    method: 'POST',
    body: { ...wish, dryRun: true },
  });
  return answer.critic;
}

/** The same bundle sent twice under one `publishId` is published once. */
export async function publish(wish: PublishBundle, publishId: string): Promise<BundleInfo> {
  const headers = { 'idempotency-key': publishId };
  const answer = await callJson(publishAnswer, ROUTES.bundles, { method: 'POST', body: wish, headers });
  return answer.bundle;
}
