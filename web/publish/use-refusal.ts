import { useQuery } from '@tanstack/react-query';
import type { PublishWork } from '../../shared/contract/publish-draft.ts';
import type { BundleInfo } from '../../shared/contract/registry.ts';
import { makeBundle } from '../../shared/registry/make-bundle.ts';
import { ACCOUNT_QUERY } from '../account/me.ts';
import { failureOf } from '../http/call.ts';
import { useSettled } from '../ui/use-settled.ts';
import { dryRun } from './publish-api.ts';
import type { ReadyBundle } from './state/bundle-parts.ts';
import { nameFaults } from './state/step-faults.ts';

/** What the registry says of the bundle before it is signed: a dry run, made again when the bundle has settled. */
export interface Refusal {
  /** Undefined: it is asked. */
  readonly said: { readonly message: string; readonly field?: string | undefined } | 'none' | undefined;
  /** What would be public. */
  readonly bundle: BundleInfo | undefined;
  readonly again: () => void;
}

const PAUSE_MS = 500;

export function useRefusal(work: PublishWork, ready: ReadyBundle | undefined): Refusal {
  const about =
    ready && Object.keys(nameFaults(work)).length === 0 && isPublishable(ready) ? ready.about : '';
  const settled = useSettled(about, PAUSE_MS);
  const isSettled = about !== '' && about === settled;
  const { data, error, refetch } = useQuery({
    queryKey: [...ACCOUNT_QUERY, 'dry-run', about] as const,
    queryFn: async ({ signal }) => {
      if (!ready) throw new Error('a dry run is made of a bundle that is ready');
      return dryRun(
        await makeBundle({ ...ready.parts, createdAt: new Date().toISOString() }, undefined),
        signal,
      );
    },
    enabled: isSettled,
    // names and versions are taken by others too
    staleTime: 30_000,
    gcTime: 60_000,
    retry: false,
  });
  const again = (): void => void refetch();
  if (about === '') return { said: undefined, bundle: undefined, again };
  if (error) {
    const { message, field } = failureOf(error);
    return { said: { message, field }, bundle: undefined, again };
  }
  return { said: data ? 'none' : undefined, bundle: data, again };
}

function isPublishable({ parts: { skills, reused } }: ReadyBundle): boolean {
  return skills.length + (reused?.length ?? 0) > 0;
}
