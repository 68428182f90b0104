import type { RunEstimate } from '../../../shared/compose/estimate.ts';
import type { Caps } from '../../../shared/contract/run-request.ts';

/** The cap as typed: an empty `text` is no cap, like the unit `none`. */
export interface CapInput {
  readonly text: string;
  readonly unit: 'usd' | 'tokens' | 'none';
}
/** No spending limit of its own for this run. */
export const NO_CAP: CapInput = { text: '', unit: 'none' };

/** `{}` for no cap; undefined when what was typed is no cap that the contract takes. */
export function capsOf({ text, unit }: CapInput): Caps | undefined {
  const plain = text.replaceAll(/[\s_$]/g, '');
  if (plain === '' || unit === 'none') return {};
  if (unit === 'usd') {
    const costUsd = Number(plain.replace(',', '.'));
    return costUsd > 0 && costUsd <= 1000 ? { costUsd } : undefined;
  }
  // As languages group digits: 12,000 and 12.000 are the same, and 12.5 is nothing.
  const value = Number(/^\d{1,3}([.,'’]\d{3})+$/.test(plain) ? plain.replaceAll(/\D/g, '') : plain);
  return Number.isInteger(value) && value > 0 && value <= 100_000_000 ? { tokens: value } : undefined;
}

/**
 * The cap for those who set none: twice the estimate's upper end, which no usual run reaches. In tokens where the price is not known,
 * and none where a run costs nothing.
 */
export function presetCap(
  { highUsd, highTokens }: RunEstimate,
  unit: CapInput['unit'] = highUsd === null ? 'tokens' : 'usd',
): CapInput {
  if (unit === 'tokens') return { unit, text: String(roundUp(2 * highTokens)) };
  if (highUsd === 0 || unit === 'none') return NO_CAP;
  return { unit, text: highUsd === null ? '' : String(Math.max(0.01, roundUp(2 * highUsd))) };
}

/** Two digits that mean something. */
export function roundUp(amount: number): number {
  const step = 10 ** (Math.floor(Math.log10(amount)) - 1);
  return Number((Math.ceil(amount / step) * step).toPrecision(2));
}
