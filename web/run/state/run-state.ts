import type { SkillEvals, Trial } from '../../../shared/contract/evals.ts';
import type { EventData } from '../../../shared/contract/events.ts';
import type { Failure } from '../../../shared/contract/failure.ts';
import { PHASES, type PhaseName } from '../../../shared/contract/phase.ts';
import type { Analysis, Draft, Intent, Plan, ReusedSkill } from '../../../shared/contract/plan.ts';
import type { Envelope } from '../../../shared/contract/receipt.ts';
import type { Usage } from '../../../shared/contract/usage.ts';

/** `preparing`: sealing, nothing sent yet. `cut`: the stream ended without its last event. */
export type RunStatus = 'idle' | 'preparing' | 'sent' | 'running' | 'done' | 'failed' | 'cancelled' | 'cut';

/** What was asked, without the key. */
export interface Asked {
  readonly goal: string;
  readonly provider: string;
  readonly providerName: string;
  readonly host: string;
  readonly model: string;
}

/** How far a phase is: `done` of `of` items, both 0 where the phase has no items. */
export interface PhaseProgress {
  readonly state: 'waiting' | 'start' | 'progress' | 'done';
  readonly done: number;
  readonly of: number;
}

/** One item's text as far as it got. `writing` is the revision that streams now; its text is in the run's text feed. */
export interface DraftProgress {
  readonly writing?: number | undefined;
  /** The file beside the SKILL.md that streams now. */
  readonly writingFile?: string | undefined;
  readonly draft?: Draft | undefined;
  readonly analysis?: Analysis | undefined;
  /** The last time that notes were worked in, with the text before and after. */
  readonly revised?: EventData<'revision'> | undefined;
  /** The text of a draft that was stopped while it was written. */
  readonly partial?: string | undefined;
}

/** Times are ms since the run's start. */
export interface CallProgress {
  readonly call: string;
  readonly phase: PhaseName;
  readonly item?: string | undefined;
  readonly state: 'start' | 'waiting' | 'done' | 'failed' | 'stopped';
  readonly startedMs: number;
  readonly ms?: number | undefined;
  readonly waitSeconds?: number | undefined;
  /** When a wait for the provider's rate limit ends. */
  readonly waitUntilMs?: number | undefined;
  /** The provider loads its model, and is waited for until then. */
  readonly loadingUntilMs?: number | undefined;
  readonly usage?: Usage | undefined;
  /** What the model has thought so far, before it is counted in `usage`. */
  readonly thinkingTokens?: number | undefined;
  /** Why it failed; a call without one was stopped. */
  readonly error?: Failure | undefined;
}

/** A draft that is being changed by the user's note, with the text to go back to. */
export interface Rework {
  readonly item: string;
  readonly note: string;
  /** What the draft was before. */
  readonly before: DraftProgress;
}

/** What a person changed of a plan that waits to be looked at; not sent yet. */
export interface ReviewEdits {
  readonly plan: Plan;
  readonly answers: Readonly<Record<string, string>>;
  /** The intent with the answers in it. */
  readonly intent?: Intent | undefined;
}

/** The plan in the account that a run was saved as, or came from. */
export interface SavedAs {
  readonly id: string;
  readonly rev: number;
  /** The run whose result it has; another one by now: there is something new to save. */
  readonly run?: string | undefined;
}

/** All that the page knows of a run. It is replaced as a whole and never changed in place. */
export interface RunState {
  readonly status: RunStatus;
  readonly id?: string | undefined;
  readonly asked?: Asked | undefined;
  /** Epoch ms, by the page's clock. */
  readonly startedAt: number;
  readonly endedAt?: number | undefined;
  /** Too many runs of this browser go on: this one is not sent yet. */
  readonly waits?: boolean | undefined;
  /** When the key left the field; absent for a run without one. */
  readonly turnedAt?: number | undefined;
  readonly notices: readonly string[];
  readonly phases: Readonly<Record<PhaseName, PhaseProgress>>;
  readonly intent?: Intent | undefined;
  /** Items of a plan that is still being written. */
  readonly planned?: readonly EventData<'planned'>[] | undefined;
  readonly plan?: Plan | undefined;
  /** The plan waits to be looked at; `until` is epoch ms by the page's clock. */
  readonly review?:
    | {
        readonly until: number;
        readonly touched: boolean;
        readonly offers: NonNullable<EventData<'review'>['offers']>;
        readonly edits?: ReviewEdits | undefined;
      }
    | undefined;
  /** The texts of published skills that the plan reuses, by item. */
  readonly reused?: Readonly<Record<string, ReusedSkill>> | undefined;
  readonly drafts: Readonly<Record<string, DraftProgress>>;
  /** How the drafts are tried, and what came of it, by item. */
  readonly evals?: Readonly<Record<string, SkillEvals>> | undefined;
  readonly trials?: Readonly<Record<string, Trial>> | undefined;
  /** A draft that was reworked in the user's own words, until they accept it. */
  readonly rework?: Rework | undefined;
  readonly calls: readonly CallProgress[];
  readonly usage?: Usage | undefined;
  /** What the runs before a redo had used. */
  readonly earlier?: Usage | undefined;
  readonly receipt?: Envelope | undefined;
  readonly failure?: Failure | undefined;
  readonly saved?: SavedAs | undefined;
  /** This run came back from the tab's storage. */
  readonly restored?: boolean | undefined;
}

const WAITING: PhaseProgress = { state: 'waiting', done: 0, of: 0 };
/** All phases waiting, as before a run. */
export const NO_PHASES: RunState['phases'] = {
  classifying: WAITING,
  planning: WAITING,
  drafting: WAITING,
  analyzing: WAITING,
};

/** The state before the first run. */
export const IDLE: RunState = {
  status: 'idle',
  startedAt: 0,
  notices: [],
  phases: NO_PHASES,
  drafts: {},
  calls: [],
};

/** Whether a run is under way, so that no other one may start. */
export function isBusy(status: RunStatus): boolean {
  return status === 'preparing' || status === 'sent' || status === 'running';
}

/** The first phase that goes on (drafts are analyzed while others are written), else the last that has begun. */
export function currentPhase({ phases }: RunState): PhaseName | undefined {
  return (
    PHASES.find((name) => isOn(phases[name])) ?? PHASES.findLast((name) => phases[name].state !== 'waiting')
  );
}

/** Whether the phase has begun and is not done. */
export function isOn({ state }: PhaseProgress): boolean {
  return state === 'start' || state === 'progress';
}

/** What a run is called: by its plan, before that by what it was asked. */
export function titleOf({ plan, intent, asked }: RunState): string {
  return plan?.title ?? intent?.summary ?? asked?.goal.trim().split('\n')[0]?.slice(0, 120) ?? '';
}
