/** The value below which that share of the values lies; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Ratios round by round, then their median: the machine's speed drifts between rounds, and less within one. */
export function medianRatio(of: readonly number[], against: readonly number[]): number {
  return median(of.map((value, round) => value / (against[round] ?? Number.NaN)));
}

export function medianDifference(of: readonly number[], against: readonly number[]): number {
  return median(of.map((value, round) => value - (against[round] ?? Number.NaN)));
}
