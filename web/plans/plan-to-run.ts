import type { SavedPlan } from '../../shared/contract/saved-plan.ts';
import type { ProviderInfo } from '../../shared/contract/server-config.ts';
import { type DraftProgress, IDLE, NO_PHASES, type RunState } from '../run/state/run-state.ts';

/** A saved plan as the compose page shows it: what is missing can be redone, and saving goes back to the same plan. */
export function planToRun(saved: SavedPlan, providers: readonly ProviderInfo[]): RunState {
  const { id, rev, goal, intent, plan, origin, usage } = saved;
  const provider = providers.find((known) => known.id === origin.provider);
  const at = Date.parse(saved.updatedAt);
  const drafts = draftsOf(saved);
  const written = Object.values(drafts).length;
  const of = plan?.items.filter(({ action }) => action === 'create').length ?? 0;
  const done = { state: 'done', done: 1, of: 1 } as const;
  return {
    ...IDLE,
    status: 'done',
    asked: {
      goal,
      provider: origin.provider,
      providerName: provider?.name ?? origin.provider,
      host: provider?.host ?? '',
      model: origin.model,
    },
    startedAt: at,
    endedAt: at,
    phases: {
      ...NO_PHASES,
      classifying: done,
      planning: done,
      drafting: { state: written === of ? 'done' : 'progress', done: written, of },
      analyzing: {
        state: saved.analyses.length === of ? 'done' : 'progress',
        done: saved.analyses.length,
        of,
      },
    },
    intent: intent ?? undefined,
    plan: plan ?? undefined,
    drafts,
    evals: byItem(saved.evals),
    trials: byItem(saved.trials),
    usage,
    saved: { id, rev },
    restored: true,
  };
}

/** Undefined where a plan has none of it. */
export function byItem<T extends { readonly item: string }>(list: readonly T[] | undefined) {
  return list && Object.fromEntries(list.map((entry) => [entry.item, entry]));
}

/** The drafts by their items. An analysis counts only for the very text that it judged, by its digest. */
export function draftsOf({
  drafts,
  analyses,
}: Pick<SavedPlan, 'drafts' | 'analyses'>): Readonly<Record<string, DraftProgress>> {
  return Object.fromEntries(
    drafts.map((draft) => [
      draft.item,
      {
        draft,
        analysis: analyses.find(({ item, digest }) => item === draft.item && digest === draft.digest),
      },
    ]),
  );
}
