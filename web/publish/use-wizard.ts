import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import {
  PUBLISH_STEPS,
  type PublishState,
  type PublishStep,
  type PublishWork,
} from '../../shared/contract/publish-draft.ts';
import type { BundleInfo } from '../../shared/contract/registry.ts';
import type { SavedPlan } from '../../shared/contract/saved-plan.ts';
import { useSettled } from '../ui/use-settled.ts';
import { putDraft } from './publish-api.ts';
import { beginWork } from './state/begin-work.ts';
import { type ReadyBundle, readyBundle, type SignedBundle } from './state/bundle-parts.ts';
import { type JudgedSkill, judgeWork } from './state/judge-work.ts';
import { keepSigned, readSigned } from './state/kept-signed.ts';
import { type KeptPlace, keep, readKept } from './state/kept-work.ts';
import { type Pin, pinsQuery } from './state/pins.ts';
import { type Facts, type StepFault, stepFault } from './state/step-faults.ts';
import { type WorkState, WorkStore } from './state/work-store.ts';
import { type Refusal, useRefusal } from './use-refusal.ts';

export interface WizardProps {
  readonly handle: string;
  readonly plan: SavedPlan;
  readonly state: PublishState;
  /** Reads anew what the server has. */
  readonly onAgain: () => void;
}

/** All that a step is shown with, and what it can do. */
export interface WizardTools {
  readonly handle: string;
  readonly plan: SavedPlan;
  readonly store: WorkStore;
  readonly state: WorkState;
  readonly work: PublishWork;
  readonly change: (changes: Partial<PublishWork>) => void;
  /** Of the texts as they are, or were a moment ago; undefined: the first look is not done. */
  readonly judged: readonly JudgedSkill[] | undefined;
  readonly pins: ReadonlyMap<string, Pin | null> | undefined;
  /** The bundle as the work stands; undefined while something of it is not known. */
  readonly ready: ReadyBundle | undefined;
  readonly refusal: Refusal;
  readonly signed: SignedBundle | undefined;
  readonly setSigned: (signed: SignedBundle | undefined) => void;
  readonly step: PublishStep;
  /** How many steps are done from the first on. */
  readonly reached: number;
  readonly go: (step: PublishStep) => void;
  /** Why the shown step is not done. */
  readonly fault: StepFault | undefined;
  readonly published: BundleInfo | undefined;
  readonly setPublished: (bundle: BundleInfo) => void;
  /** Takes out of the tab what it kept of this plan. */
  readonly forget: () => void;
}

const PAUSE_MS = 250;

export function useWizard({ handle, plan, state: server }: WizardProps): WizardTools {
  const place = useMemo(() => ({ handle, planId: plan.id }), [handle, plan.id]);
  // Once: what the server said at load is where the work begins, whatever is asked again later.
  const [store] = useState(
    () =>
      new WorkStore({
        ...beginWork(plan, server, readKept(sessionStorage, place)),
        save: (rev, work) => putDraft(plan.id, rev, work),
        keep: (kept) => keep(sessionStorage, place, kept),
        now: Date.now,
      }),
  );
  useEffect(() => {
    // what the tab had kept from before
    void store.save();
    // who leaves the page before the pause is over
    return () => void store.save();
  }, [store]);
  const state = useSyncExternalStore(store.subscribe, store.get);
  const { work } = state;
  const { judged, isFresh } = useJudged(work, plan);
  const { data: pins } = useQuery(pinsQuery(plan.plan));
  const [signed, setSigned] = useSigned(place);
  const [published, setPublished] = useState<BundleInfo>();

  const ready = useMemo(
    () =>
      judged && isFresh && pins
        ? readyBundle({ work, judged, pins, publisher: handle, planId: plan.id, goal: plan.goal, made: plan })
        : undefined,
    [work, judged, isFresh, pins, handle, plan],
  );
  const isSigned = ready !== undefined && signed?.about === ready.about;
  const refusal = useRefusal(work, ready);
  const facts: Facts = { work, judged, isFresh, pins, isSigned, refusal: refusal.said };
  const faults = PUBLISH_STEPS.map((one) => stepFault(one, facts));
  const firstOpen = faults.findIndex((fault) => fault !== undefined);
  const reached = firstOpen < 0 ? PUBLISH_STEPS.length - 1 : firstOpen;
  // A step that is not open any more leads back to the one that has to be done; while that is being found out, nothing moves.
  const wanted = PUBLISH_STEPS.indexOf(work.step);
  const isSure = faults.slice(0, wanted).every((fault) => !fault?.isPending);
  const step = PUBLISH_STEPS[isSure ? Math.min(wanted, reached) : wanted] ?? 'items';

  return {
    ...{ handle, plan, store, state, work, judged, pins, ready, refusal },
    ...{ signed: isSigned ? signed : undefined, setSigned },
    ...{ step, reached, published, setPublished },
    fault: faults[PUBLISH_STEPS.indexOf(step)],
    forget: () => {
      store.end();
      keep(sessionStorage, place, undefined);
      keepSigned(sessionStorage, place, undefined);
    },
    change: (changes) => store.change({ ...store.get().work, ...changes }),
    go: (next) => {
      store.change({ ...store.get().work, step: next });
      void store.save();
    },
  };
}

/** Judged a moment after the last key stroke; until then the judgement before stays, and is not fresh. */
function useJudged(
  work: PublishWork,
  plan: SavedPlan,
): {
  readonly judged: readonly JudgedSkill[] | undefined;
  readonly isFresh: boolean;
} {
  const settled = useSettled(work, PAUSE_MS);
  const [judged, setJudged] = useState<readonly JudgedSkill[]>();
  useEffect(() => {
    let isCurrent = true;
    void judgeWork(settled, plan).then((skills) => isCurrent && setJudged(skills));
    return () => {
      isCurrent = false;
    };
  }, [settled, plan]);
  return { judged, isFresh: judged !== undefined && isOf(judged, work, plan) };
}

function isOf(judged: readonly JudgedSkill[], { skills, withEvals }: PublishWork, plan: SavedPlan): boolean {
  const tried = withEvals ? plan : undefined;
  const drafts = skills.flatMap(({ included, draft }) => (included && draft ? [draft] : []));
  return (
    drafts.length === judged.length &&
    drafts.every((draft, at) => judged[at]?.draft === draft && judged[at]?.tried === tried)
  );
}

/** Kept in the tab too: a signature is made once, and the answer to its publishing may be lost with the page. */
function useSigned(place: KeptPlace): [SignedBundle | undefined, (signed: SignedBundle | undefined) => void] {
  const [signed, setSigned] = useState(() => readSigned(sessionStorage, place));
  const set = (next: SignedBundle | undefined): void => {
    keepSigned(sessionStorage, place, next);
    setSigned(next);
  };
  return [signed, set];
}
