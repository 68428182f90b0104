import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Analysis, Draft } from '../../shared/contract/plan.ts';
import type { SavedPlan } from '../../shared/contract/saved-plan.ts';
import { useSignedIn } from '../account/use-signed-in.ts';
import { failureOf } from '../http/call.ts';
import type { DraftTools } from '../run/draft/draft-tools.ts';
import { useToast } from '../ui/toast.tsx';
import { PLANS_QUERY, patchPlan, planQuery } from './plans-api.ts';

interface Change {
  readonly draft: Draft;
  readonly analysis: Analysis | undefined;
}

/** Changes drafts of a saved plan, each change at once in the account. One that came too late is not written over another's. */
export function usePlanTools(plan: SavedPlan): DraftTools | undefined {
  const client = useQueryClient();
  const toast = useToast();
  const signedIn = useSignedIn();
  return useMemo(() => {
    if (!plan.plan) return undefined;
    const query = planQuery(plan.id);

    const write = async (over: SavedPlan, change: Change, told: string, undo: boolean): Promise<void> => {
      const content = contentWith(over, change);
      const edited = await signedIn('to change this plan', () => patchPlan(over.id, over.rev, content));
      if (edited.kind === 'conflict') {
        client.setQueryData(query.queryKey, edited.current);
        return toast({
          text: 'This plan was changed elsewhere meanwhile. Here it is as it is now; try again.',
        });
      }
      const next = { ...over, ...content, rev: edited.plan.rev, updatedAt: edited.plan.updatedAt };
      client.setQueryData(query.queryKey, next);
      void client.invalidateQueries({ queryKey: PLANS_QUERY });
      const before = changeOf(over, change.draft.item);
      toast({
        text: told,
        ...(undo && before ? { undo: () => attempt(write(next, before, 'It is as it was.', false)) } : {}),
      });
    };
    const attempt = (work: Promise<void>): void => {
      work.catch((error: unknown) => toast({ text: failureOf(error).message }));
    };
    return {
      goal: plan.goal,
      plan: plan.plan,
      change(_item, { draft, analysis }, told) {
        if (draft) attempt(write(plan, { draft, analysis }, told, true));
      },
    };
  }, [plan, client, toast, signedIn]);
}

function contentWith(plan: SavedPlan, { draft, analysis }: Change): Pick<SavedPlan, 'drafts' | 'analyses'> {
  const { item } = draft;
  return {
    drafts: plan.drafts.map((other) => (other.item === item ? draft : other)),
    analyses: [...plan.analyses.filter((other) => other.item !== item), ...(analysis ? [analysis] : [])],
  };
}

function changeOf({ drafts, analyses }: SavedPlan, item: string): Change | undefined {
  const draft = drafts.find((other) => other.item === item);
  return draft && { draft, analysis: analyses.find((other) => other.item === item) };
}
