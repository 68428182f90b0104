/** Two walks over parsed JSON of at most 64 levels. Both give the path to the first finding. */

type Path = readonly (string | number)[];

/** A field that a schema dropped: most of the contract's objects are read by clients, and so are not strict by themselves. */
export function findUnknownField(input: unknown, output: unknown, path: Path = []): Path | undefined {
  if (Array.isArray(input) && Array.isArray(output)) {
    return first(input, (value, i) => findUnknownField(value, output[i], [...path, i]));
  }
  if (!isRecord(input) || !isRecord(output)) return undefined;
  return first(Object.keys(input), (name) => {
    if (!Object.hasOwn(output, name)) return [...path, name];
    return findUnknownField(input[name], output[name], [...path, name]);
  });
}

/** PostgreSQL's text and jsonb have neither U+0000 nor lone surrogates. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

export function findUnstorableText(input: unknown, path: Path = []): Path | undefined {
  if (typeof input === 'string') return UNSTORABLE.test(input) ? path : undefined;
  if (Array.isArray(input)) return first(input, (value, i) => findUnstorableText(value, [...path, i]));
  if (!isRecord(input)) return undefined;
  return first(Object.keys(input), (name) =>
    UNSTORABLE.test(name) ? [...path, name] : findUnstorableText(input[name], [...path, name]),
  );
}

function first<T>(list: readonly T[], find: (one: T, i: number) => Path | undefined): Path | undefined {
  for (const [i, one] of list.entries()) {
    const found = find(one, i);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
