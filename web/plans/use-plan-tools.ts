import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { Analysis, Draft } from '../../shared/contract/plan.ts';
import type { SavedPlan } from '../../shared/contract/saved-plan.ts';
import { addUsage, type Usage } from '../../shared/contract/usage.ts';
import { useSignedIn } from '../account/use-signed-in.ts';
import { useRedraft } from '../hosted/use-redraft.ts';
import { failureOf } from '../http/call.ts';
import type { DraftTools } from '../run/draft/draft-tools.ts';
import { broughtText } from '../run/state/missing.ts';
import { useToast } from '../ui/toast.tsx';
import { PLANS_QUERY, patchPlan, planQuery } from './plans-api.ts';

/** Changes drafts of a saved plan, each change at once in the account. What is reworked on this server is offered at its run. */
export function usePlanTools(saved: SavedPlan | undefined): DraftTools | undefined {
  const change = usePlanChange();
  const toast = useToast();
  const { on, start } = useRedraft();
  return useMemo(() => {
    const { plan, intent, goal } = saved ?? {};
    if (!saved || !plan || goal === undefined) return undefined;
    const rework = (item: string, note: string): void => {
      const draft = saved.drafts.find((one) => one.item === item);
      if (!draft || !intent) return;
      const items = [{ id: item, ...broughtText(draft), notes: [note] }];
      start(saved, { intent, plan, items }, 'offered').catch((error: unknown) =>
        toast({ text: failureOf(error).message }),
      );
    };
    return {
      goal,
      plan,
      change(_item, { draft, analysis }, told) {
        if (draft) change(saved, { draft, analysis }, told);
      },
      ...(on !== undefined && intent && { rework, reworkedOn: on }),
    };
  }, [saved, change, toast, on, start]);
}

/** Another text in a draft's place, and what it has cost on top. */
export interface DraftChange {
  readonly draft: Draft;
  readonly analysis: Analysis | undefined;
  readonly used?: Usage | undefined;
}

/** The parts of a saved plan that an edit replaces; what is left out stays. */
export type PlanFields = Partial<
  Pick<SavedPlan, 'intent' | 'plan' | 'drafts' | 'analyses' | 'usage' | 'evals'>
>;

/** Writes an edit of that revision into the account; the plan as it is then, or undefined when it had changed meanwhile, which is told. */
export type WritePlan = (over: SavedPlan, edit: PlanFields) => Promise<SavedPlan | undefined>;

/** Edits a saved plan in the account and tells of a conflict; every query of that plan knows the new revision. */
export function useWritePlan(): WritePlan {
  const client = useQueryClient();
  const toast = useToast();
  const signedIn = useSignedIn();
  return useCallback<WritePlan>(
    async (over, edit) => {
      const { queryKey } = planQuery(over.id);
      const edited = await signedIn('to change this plan', () => patchPlan(over.id, over.rev, edit));
      if (edited.kind === 'conflict') {
        client.setQueryData(queryKey, edited.current);
        toast({ text: 'This plan was changed elsewhere meanwhile. Here it is as it is now; try again.' });
        return undefined;
      }
      const { rev, updatedAt } = edited.plan;
      const next = { ...over, ...edit, rev, updatedAt };
      client.setQueryData(queryKey, next);
      void client.invalidateQueries({ queryKey: PLANS_QUERY });
      return next;
    },
    [client, toast, signedIn],
  );
}

/** Changes a draft of a saved plan at once in the account, with a way back. One that came too late is not written over another's. */
export function usePlanChange(): (plan: SavedPlan, change: DraftChange, told: string) => void {
  const write = useWritePlan();
  const toast = useToast();
  return useCallback(
    (plan, change, told) => {
      const attempt = (work: Promise<void>): void => {
        work.catch((error: unknown) => toast({ text: failureOf(error).message }));
      };
      const replace = async (
        over: SavedPlan,
        next: DraftChange,
        text: string,
        undo: boolean,
      ): Promise<void> => {
        const written = await write(over, contentWith(over, next));
        if (!written) return;
        const before = changeOf(over, next.draft.item);
        const back = before && (() => attempt(replace(written, before, 'It is as it was.', false)));
        toast({ text, ...(undo && back ? { undo: back } : {}) });
      };
      attempt(replace(plan, change, told, true));
    },
    [write, toast],
  );
}

function contentWith(plan: SavedPlan, { draft, analysis, used }: DraftChange): PlanFields {
  const { item } = draft;
  return {
    drafts: plan.drafts.map((other) => (other.item === item ? draft : other)),
    analyses: [...plan.analyses.filter((other) => other.item !== item), ...(analysis ? [analysis] : [])],
    ...(used && { usage: addUsage(plan.usage, used) }),
  };
}

function changeOf({ drafts, analyses }: SavedPlan, item: string): DraftChange | undefined {
  const draft = drafts.find((other) => other.item === item);
  return draft && { draft, analysis: analyses.find((other) => other.item === item) };
}
