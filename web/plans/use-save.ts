import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure } from '../../shared/contract/failure.ts';
import type { EditPlan, SavedPlan, SavePlan } from '../../shared/contract/saved-plan.ts';
import { useHandle } from '../account/me.ts';
import { useAskSignIn } from '../account/sign-in-region.tsx';
import { useSignedIn } from '../account/use-signed-in.ts';
import { useServerConfig } from '../config/server-config.ts';
import { failureOf } from '../http/call.ts';
import type { RunState, SavedAs } from '../run/state/run-state.ts';
import type { RunStore } from '../run/state/run-store.ts';
import { beginSave, dropPendingSave, readPendingSave } from './pending-save.ts';
import { planToRun } from './plan-to-run.ts';
import { PLANS_QUERY, planQuery } from './plans-api.ts';
import { runToPlan } from './run-to-plan.ts';
import { contentOf, saveRun } from './save-run.ts';

type Step =
  | { readonly kind: 'idle' | 'saving' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'conflict'; readonly current: SavedPlan; readonly edit: EditPlan };

/** What the save button shows and does. `answer` is for the dialog after a conflict. */
export interface Save {
  readonly step: Step;
  /** Where this very run is in the account; undefined while there is something to save. */
  readonly savedAs: SavedAs | undefined;
  /** It goes on with a plan of the account, so that saving changes that one. */
  readonly isChange: boolean;
  /** False while there is nothing to save. */
  readonly possible: boolean;
  readonly press: () => void;
  readonly answer: (choice: 'mine' | 'theirs' | 'copy' | 'later') => void;
}

const IDLE_STEP: Step = { kind: 'idle' };
const REASON = 'to save this plan';

/** "Save plan": signs in where needed, in place, and then saves by itself; nothing is lost on the way. */
export function useSave(run: RunState, store: RunStore): Save {
  const { id, saved: known } = run;
  const [told, setTold] = useState<{ readonly run: string | undefined; readonly step: Step }>({
    run: undefined,
    step: IDLE_STEP,
  });
  // What was told of the run before is no news of this one.
  const step = told.run === id ? told.step : IDLE_STEP;
  const tell = useCallback((next: Step) => setTold({ run: id, step: next }), [id]);
  const { data: config } = useServerConfig();
  const plan = runToPlan(run);
  const save = useSaving({ run, store, plan, tell });
  const savedAs = known && known.run === id ? known : undefined;

  const handle = useHandle();
  const waits =
    handle &&
    plan &&
    !savedAs &&
    step.kind === 'idle' &&
    id !== undefined &&
    readPendingSave(sessionStorage, id) !== undefined;
  useEffect(() => {
    // Asked for before the page went to GitHub, or was reloaded while the server was away.
    if (waits) void save(known);
  }, [waits, save, known]);

  return {
    step,
    savedAs,
    isChange: known !== undefined,
    possible: plan !== undefined && id !== undefined,
    press: () => void save(known),
    answer: (choice) => {
      if (step.kind !== 'conflict') return;
      const { current } = step;
      tell(IDLE_STEP);
      if (choice === 'mine') void save({ id: current.id, rev: current.rev });
      if (choice === 'copy') void save(undefined);
      if (choice === 'theirs') store.replace(planToRun(current, config?.config.providers ?? []));
    },
  };
}

interface SavingParts {
  readonly run: RunState;
  readonly store: RunStore;
  /** The run as a plan; undefined while there is nothing to save. */
  readonly plan: SavePlan | undefined;
  readonly tell: (step: Step) => void;
}

/** Saves the run as it is now, over a plan of the account or as a new one. A second call while one goes on does nothing. */
function useSaving({
  run,
  store,
  plan,
  tell,
}: SavingParts): (over: Pick<SavedAs, 'id' | 'rev'> | undefined) => Promise<void> {
  const { id, drafts } = run;
  const running = useRef(false);
  const handle = useHandle();
  const ask = useAskSignIn();
  const signedIn = useSignedIn();
  const client = useQueryClient();

  return useCallback(
    async (over) => {
      if (running.current || !plan || id === undefined) return;
      running.current = true;
      const signIn = async (): Promise<boolean> => handle !== null || (await ask(REASON));
      const keep = (saveId: string): ReturnType<typeof saveRun> =>
        signedIn(REASON, () => saveRun(plan, over, saveId));
      try {
        const result = await saveOnce(id, { signIn, keep, tell });
        if (result === undefined) return;
        if (result.kind === 'conflict') return tell({ ...result, edit: contentOf(plan) });
        const now = store.get();
        // What was changed while it was on its way is not in the account.
        const current = now.drafts === drafts ? id : undefined;
        if (now.id === id) store.replace({ ...now, saved: { id: result.id, rev: result.rev, run: current } });
        client.removeQueries({ queryKey: planQuery(result.id).queryKey });
        void client.invalidateQueries({ queryKey: PLANS_QUERY });
        tell(IDLE_STEP);
      } finally {
        running.current = false;
      }
    },
    [plan, id, drafts, handle, ask, signedIn, store, client, tell],
  );
}

interface Saving {
  /** False: nobody is signed in, nor wants to be. */
  readonly signIn: () => Promise<boolean>;
  readonly keep: (saveId: string) => ReturnType<typeof saveRun>;
  readonly tell: (step: Step) => void;
}

/** Undefined: nothing was saved, and why has been told. */
async function saveOnce(
  run: string,
  { signIn, keep, tell }: Saving,
): Promise<Awaited<ReturnType<typeof saveRun>> | undefined> {
  const pending = beginSave(sessionStorage, run);
  try {
    const isIn = await signIn();
    if (isIn) tell({ kind: 'saving' });
    const result = isIn ? await keep(pending.saveId) : undefined;
    dropPendingSave(sessionStorage);
    return result;
  } catch (error) {
    const failure = failureOf(error);
    // Only what may go better by itself is tried again at the next load.
    if (failure.code !== 'unavailable') dropPendingSave(sessionStorage);
    tell({ kind: 'failed', failure });
    return undefined;
  }
}
