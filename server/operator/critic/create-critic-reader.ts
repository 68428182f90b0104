import { readStructured } from '../../../shared/compose/answers/read-structured.ts';
import type { Ask } from '../../../shared/compose/ask.ts';
import { answerToReply } from '../../../shared/compose/calls/call-reply.ts';
import { estimateTokens } from '../../../shared/compose/calls/estimate-tokens.ts';
import { effortOf } from '../../../shared/providers/effort.ts';
import type { TokenUsage } from '../../../shared/providers/formats/token-usage.ts';
import type { DayBudget } from '../../hosted/day-budget.ts';
import type { CallLimits } from '../../providers/call-limits.ts';
import { createAsk } from '../../providers/calls/create-ask.ts';
import type { Upstream } from '../../providers/upstream.ts';
import type { CheckedSkill } from '../../registry/check-bundle.ts';
import type { CriticReader, Reading, Said } from '../../registry/critic/critic.ts';
import { criticCall, criticForm, EDITION, MAX_CRITIC_TOKENS } from './critic-call.ts';

/** `upstream` has the operator's credential in it; `maxUsd` is what one bundle may cost at the most. */
export interface CriticReaderParts {
  readonly upstream: Upstream;
  readonly model: string;
  readonly priceUsd: (usage: TokenUsage, answered?: string | null) => number;
  readonly maxUsd: number;
  readonly budget: DayBudget;
  readonly limits: CallLimits;
  /** Monotonic milliseconds. */
  readonly now: () => number;
}

/** In UTF-8, over all files of a skill. A longer one is not judged at all: what is left unread is where harm would be put. */
const MAX_READ_BYTES = 200_000;
const READ_LIMIT_MS = 60_000;
const AT_ONCE = 4;
/** An answer that does not fit is asked for once more. */
const ATTEMPTS = 2;
/** A text of rare characters has more tokens than the estimate says. */
const RESERVE_FACTOR = 2;

export function createCriticReader(parts: CriticReaderParts): CriticReader {
  const { upstream, model, budget, maxUsd } = parts;
  return {
    provider: upstream.vendor.id,
    model,
    edition: EDITION,
    read: async (skills, userId) => {
      if (skills.some((skill) => bytesIn(skill) > MAX_READ_BYTES)) return unread('too_large');
      const usd = skills.reduce((sum, skill) => sum + mostUsd(skill, parts), 0);
      if (usd > maxUsd) return unread('too_costly');
      const reservation = await budget.reserve(userId, usd);
      if (reservation === undefined) return unread('budget');
      const spent = { usd: 0 };
      try {
        return await readAll(skills, parts, spent);
      } finally {
        await budget.settle(reservation, spent.usd);
      }
    },
  };
}

interface Spent {
  usd: number;
}

async function readAll(
  skills: readonly CheckedSkill[],
  { upstream, model, priceUsd, limits, now }: CriticReaderParts,
  spent: Spent,
): Promise<Reading> {
  const effort = effortOf(upstream.vendor, model, 'analyzing', undefined);
  const send = createAsk({
    upstream,
    model,
    limits: {
      ...limits,
      runMs: Math.min(limits.runMs, READ_LIMIT_MS),
      firstByteMs: Math.min(limits.firstByteMs, READ_LIMIT_MS / 2),
    },
    now,
    startedAt: now(),
    price: priceUsd,
  });
  const ask: Ask = (call, ...how) => send({ ...call, effort }, ...how);
  const said = new Map<string, Said>();
  const waiting = [...skills];
  const readNext = async (): Promise<void> => {
    for (let skill = waiting.shift(); skill; skill = waiting.shift()) {
      const one = await readOne(skill, ask, spent);
      if (one) said.set(skill.contentDigest, one);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, readNext));
  return { said, missing: said.size < skills.length ? 'failed' : undefined };
}

async function readOne(skill: CheckedSkill, ask: Ask, spent: Spent): Promise<Said | undefined> {
  const form = criticForm(skill);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    let chars = 0;
    const text = (delta: string): void => {
      chars += delta.length;
    };
    const answer = await ask(
      criticCall(skill, attempt),
      { text, waiting: () => undefined },
      new AbortController().signal,
    );
    spent.usd += answer.usage.costUsd ?? 0;
    const reply = answerToReply(answer, chars);
    if (reply.kind !== 'text') return undefined;
    const read = readStructured(reply.text, form);
    if (read.kind === 'value') return read.value;
    if (read.kind === 'refused') return undefined;
  }
  return undefined;
}

/** USD that judging it may cost at the most. */
function mostUsd(skill: CheckedSkill, { priceUsd }: CriticReaderParts): number {
  const { system, user, schema } = criticCall(skill, 1);
  const prompt = estimateTokens(system + user + JSON.stringify(schema?.json));
  const once = priceUsd({
    inputTokens: Math.ceil(prompt * RESERVE_FACTOR),
    outputTokens: MAX_CRITIC_TOKENS,
  });
  return once * ATTEMPTS;
}

function bytesIn({ files }: CheckedSkill): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

function unread(missing: NonNullable<Reading['missing']>): Reading {
  return { said: new Map(), missing };
}
