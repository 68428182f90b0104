import * as z from 'zod/mini';
import { pace } from '../../server/sandbox/pace.ts';
import { HTTP_FAULTS } from './faults.ts';
import { STREAM_ERRORS } from './stream-errors.ts';

const name = <T extends object>(table: T) =>
  z.enum(Object.keys(table) as [keyof T & string, ...(keyof T & string)[]]); // as: keys of a non-empty table
const count = z.int().check(z.gte(0));

/** Breaks an answer off: before its head, after it, or after that many of its frames. */
const stop = z.strictObject({
  how: z.enum([
    'end', // a clean end of the response, as after a proxy's timeout
    'reset', // RST
    'hang', // nothing more, for ever
    'drip', // `line` every `everyMs`, for ever
    'flood', // `line`, or more text, as fast as it is taken, for ever
    'error', // the mid-stream error `error`, then the end
  ]),
  after: z.union([z.enum(['nothing', 'head']), count]),
  error: z.optional(name(STREAM_ERRORS)),
  everyMs: z.optional(z.number().check(z.gt(0))),
  line: z.optional(z.string()),
});
export type Stop = z.infer<typeof stop>;

/** Gives the received key back, as misbehaving providers do. */
const echo = z.strictObject({
  in: z.enum(['error', 'header', 'request-id', 'location', 'text', 'stream-error']),
  form: z.enum(['raw', 'percent', 'base64', 'base64+1', 'base64+2', 'base64url', 'hex', 'json']),
  /** `text`: the key comes in that many deltas. */
  split: z.optional(z.int().check(z.gt(0))),
});
export type Echo = z.infer<typeof echo>;

const PHASES = [
  ...(['classification', 'plan', 'draft', 'critique', 'revision'] as const),
  ...(['evals', 'choices', 'task', 'judgement', 'other'] as const),
] as const;

/**
 * One instruction of a script, JSON throughout, so that it works across processes. All given conditions must hold; the first
 * rule that does applies. `nth` counts from 1 among the requests that the other conditions hold for.
 */
export const rule = z.strictObject({
  phase: z.optional(z.enum(PHASES)),
  method: z.optional(z.string()),
  /** A part of the path. */
  path: z.optional(z.string()),
  /** A part of what the user's turns say. */
  prompt: z.optional(z.string()),
  nth: z.optional(z.int().check(z.gt(0))),
  /** So many requests; absent: all. */
  times: z.optional(z.int().check(z.gt(0))),

  /** Before anything is answered: so long, or until `release`. */
  waitMs: z.optional(z.number().check(z.gte(0))),
  held: z.optional(z.literal(true)),
  fault: z.optional(name(HTTP_FAULTS)),
  reply: z.optional(
    z.strictObject({
      status: z.int().check(z.gte(200), z.lte(599)),
      headers: z.optional(z.record(z.string(), z.string())),
      body: z.optional(z.string()),
      base64: z.optional(z.string()),
    }),
  ),
  /** Added to the head of whatever is answered, or taken in place of what stands there. */
  headers: z.optional(z.record(z.string(), z.string())),

  text: z.optional(z.string()),
  finish: z.optional(z.enum(['stop', 'length', 'refusal', 'content_filter'])),
  usage: z.optional(
    z.union([z.enum(['missing', 'negative', 'huge', 'text']), z.record(z.string(), z.unknown())]),
  ),
  /** The stream's bytes in place of the format's own frames. */
  frames: z.optional(z.array(z.string())),
  /** Comment lines before the first data. */
  comments: z.optional(count),
  pace: z.optional(pace),
  /** Cuts each frame into pieces of so many bytes, multi-byte characters too. */
  bytesPerWrite: z.optional(z.int().check(z.gt(0))),
  /** `gzip` is honest; `bomb` is 100 MiB of zeros in three layers. */
  encoding: z.optional(z.enum(['gzip', 'br', 'bomb'])),
  stop: z.optional(stop),
  echo: z.optional(echo),
});
export type Rule = z.infer<typeof rule>;

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly phase: string;
  readonly prompt: string;
}

export interface Script {
  /** The rule for a request; counts it. */
  next(asked: Asked): Rule;
}

/** Throws on a rule that is not one, since a misspelt fault would be a test that proves nothing. */
export function createScript(rules: unknown): Script {
  const steps = z.parse(z.array(rule), rules).map((of) => ({ of, seen: 0, used: 0 }));
  return {
    next(asked) {
      let chosen: Rule | undefined;
      for (const step of steps) {
        if (!matches(step.of, asked)) continue;
        step.seen += 1;
        const due =
          (step.of.nth === undefined || step.of.nth === step.seen) &&
          (step.of.times === undefined || step.used < step.of.times);
        if (chosen || !due) continue;
        step.used += 1;
        chosen = step.of;
      }
      return chosen ?? {};
    },
  };
}

function matches(of: Rule, asked: Asked): boolean {
  if (of.phase !== undefined && of.phase !== asked.phase) return false;
  if (of.method !== undefined && of.method !== asked.method) return false;
  if (of.path !== undefined && !asked.path.includes(of.path)) return false;
  return of.prompt === undefined || asked.prompt.includes(of.prompt);
}
