/**
 * Some tests try a thing a number of times at random. By default they do what takes seconds; with `FULL=1` in the environment as much as
 * was once done by hand.
 */
export function timesOf(few: number, full: number): number {
  return process.env['FULL'] === '1' ? full : few;
}
