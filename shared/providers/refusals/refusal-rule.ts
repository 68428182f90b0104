import type { FaultKind } from '../vendor.ts';

/** What a refusal has to say, and what it then means: it fits where a fault agrees in all it names. */
export interface RefusalRule {
  readonly kind: FaultKind;
  readonly statuses?: readonly number[];
  /** Codes in a field of their own, or as a word of the message. */
  readonly codes?: readonly string[];
  readonly words?: readonly RegExp[];
}

/** 200 stands for an error inside a stream, which has no status of its own. */
export const REFUSED: readonly number[] = [200, 400, 401, 402, 403, 404, 412, 413, 416, 422];
/** A gateway may answer 500 for a refusal of the provider behind it. */
export const BEHIND_A_GATEWAY: readonly number[] = [...REFUSED, 409, 500, 502, 503];
/** Statuses of a prompt that is too long. */
export const PROMPT: readonly number[] = [200, 400, 404, 413, 422, 500];
/** Statuses of a limit on how often or how much at once. */
export const LIMITED: readonly number[] = [200, 400, 403, 413, 420, 422, 429, 503];

/** Codes of a line, separated by blanks. */
export const codes = (list: string): readonly string[] => list.split(' ');
