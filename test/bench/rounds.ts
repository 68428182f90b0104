/** Runs the measurements of a round one after another, in the opposite order every other round: whoever comes first has it harder. */
export async function inTurn(round: number, measurements: readonly (() => Promise<void>)[]): Promise<void> {
  for (const measure of round % 2 === 0 ? measurements : measurements.toReversed()) await measure();
}
