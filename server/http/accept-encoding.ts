/** What the build makes of each file, smallest first, with the endings of the files. */
export const ENCODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

/** A content coding by its name in `accept-encoding` and `content-encoding`. */
export type Encoding = (typeof ENCODINGS)[number][0];

/**
 * Chooses among the encodings that exist for a file by the request's `accept-encoding`; undefined: send the file as it is (RFC 9110,
 * 12.5.3). Of two that the client ranks equally, the smaller one.
 */
export function chooseEncoding(header: string | undefined, there: readonly Encoding[]): Encoding | undefined {
  const liked = new Map<string, number>();
  for (const part of (header ?? '').slice(0, 1000).split(',')) {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    liked.set(name, quality === undefined ? 1 : Number(quality));
  }
  const qualityOf = (name: string): number => liked.get(name) ?? liked.get('*') ?? 0;
  return there
    .filter((name) => qualityOf(name) > 0)
    .toSorted((a, b) => qualityOf(b) - qualityOf(a))
    .at(0);
}
