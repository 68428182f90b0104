import type { Failure } from '../contract/failure.ts';
import type { PhaseName } from '../contract/phase.ts';
import type { Usage } from '../contract/usage.ts';

/** One model call, the same for every vendor. With `schema` the answer must be JSON of that shape; without it the answer is Markdown. */
export interface ModelCall {
  /** Unique within the run: `classify`, `plan`, `draft-i1-1`, `critic-i1-1`; a repair call ends in `-repair`. */
  readonly id: string;
  readonly phase: PhaseName;
  readonly item?: string;
  readonly system: string;
  readonly user: string;
  /** So many characters at the beginning of `user` are, like `system`, the same in several calls of the run: a provider may keep them. */
  readonly sharedChars?: number;
  readonly maxOutputTokens: number;
  /** How long the model is to think, where it can be told; absent: as its vendor has it. */
  readonly effort?: 'low' | 'high' | undefined;
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

/** Callbacks for what happens while a call runs. They are called synchronously, as bytes arrive. */
export interface AskWatch {
  text(delta: string): void;
  /** The provider has begun to answer: it has read the prompt, and what it keeps of it can be found by other calls. */
  begun?(): void;
  /** The model sends its thoughts: characters so far. They are no part of the answer and are dropped. */
  thinking?(chars: number): void;
  /** The call waits this many seconds for the provider's rate limit, within the run's time. 0: it continues. */
  waiting(seconds: number): void;
  /** The server loads its model before it answers, and has this many seconds left for it. 0: it answers. */
  loading?(seconds: number): void;
}

/**
 * Streams one model call. Faults of a provider or network come as values, so that the promise never rejects for them. `signal` stops the
 * call, which then ends as `stopped`.
 */
export type Ask = (call: ModelCall, watch: AskWatch, signal: AbortSignal) => Promise<Answer>;
