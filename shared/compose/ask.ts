import type { Failure } from '../contract/failure.ts';
import type { PhaseName } from '../contract/phase.ts';
import type { Usage } from '../contract/usage.ts';

/** One model call, in no vendor's words. With `schema` the answer must be JSON of that shape, without it is Markdown. */
export interface ModelCall {
  /** Unique within the run: `classify`, `plan`, `draft-i1-1`, `critic-i1-1`; a repair call ends in `-repair`. */
  readonly id: string;
  readonly phase: PhaseName;
  readonly item?: string;
  readonly system: string;
  readonly user: string;
  readonly maxOutputTokens: number;
  /** `name` is `classification`, `plan` or `critique`; `json` a JSON Schema in the subset that every vendor's strict mode takes. */
  readonly schema?: { readonly name: string; readonly json: Readonly<Record<string, unknown>> };
}

/** How a call ended. `usage` of a failed or stopped call is what it had cost until then, estimated when not reported. */
export type Answer =
  | {
      readonly kind: 'answer';
      readonly text: string;
      readonly finish: 'stop' | 'length' | 'refusal';
      readonly usage: Usage;
      readonly startedMs: number;
      readonly ms: number;
    }
  | {
      readonly kind: 'failure';
      readonly failure: Failure;
      readonly text: string;
      readonly usage: Usage;
      readonly startedMs: number;
      readonly ms: number;
    }
  | {
      readonly kind: 'stopped';
      readonly text: string;
      readonly usage: Usage;
      readonly startedMs: number;
      readonly ms: number;
    };

/** What a call tells while it runs; called synchronously, as bytes come in. */
export interface AskWatch {
  text(delta: string): void;
  /** The model thinks aloud: characters so far. Its thoughts are no part of the answer, and go nowhere. */
  thinking?(chars: number): void;
  /** It waits for the provider's rate limit, and the wait fits into the run's time. 0: it goes on. */
  waiting(seconds: number): void;
  /** A server that loads its model first says nothing yet: so many seconds are left to it. 0: it answers. */
  loading?(seconds: number): void;
}

/** Streams one model call. Never rejects for what a provider or a network does; `signal` stops it (`stopped`). */
export type Ask = (call: ModelCall, watch: AskWatch, signal: AbortSignal) => Promise<Answer>;
