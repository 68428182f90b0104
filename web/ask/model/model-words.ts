import type { ModelInfo } from '../../../shared/contract/server-config.ts';
import { formatContext } from '../../ui/format.ts';

export const MODEL_ID = 'model';

const SOON_MS = 30 * 86_400_000;

/** `shuts down on 2026-12-24`, `200K context`, `$3 in, $15 out`: only what is known, and of an end only when it is near. */
export function factsOf(
  { contextTokens, inputUsd, outputUsd, endsOn }: ModelInfo,
  now = Date.now(),
): readonly string[] {
  const ends = endsOn !== undefined && Date.parse(endsOn) - now < SOON_MS ? [`shuts down on ${endsOn}`] : [];
  const context = contextTokens === null ? [] : [`${formatContext(contextTokens)} context`];
  const price =
    inputUsd === null || outputUsd === null ? 'price unknown' : `$${inputUsd} in, $${outputUsd} out`;
  return [...ends, ...context, price];
}
