import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Real provider responses, recorded by the pydantic-ai project (MIT), kept beside the checkout and never committed. */
const FOLDER = fileURLToPath(new URL('../../../../shared/recordings/', import.meta.url));

export interface Recording {
  readonly host: string;
  readonly path: string;
  readonly status: number;
  readonly file: string;
  readonly bytes: Buffer;
}

export const MISSING = existsSync(`${FOLDER}INDEX.json`)
  ? undefined
  : 'the recordings are not beside the checkout (../shared/recordings)';

export function recordings(wanted: (recording: Omit<Recording, 'bytes'>) => boolean): readonly Recording[] {
  if (MISSING) return [];
  // as: the index is ours
  const index = JSON.parse(readFileSync(`${FOLDER}INDEX.json`, 'utf8')) as Omit<Recording, 'bytes'>[];
  const seen = new Set<string>();
  return index
    .filter((one) => wanted(one) && !seen.has(one.file) && seen.add(one.file))
    .map((one) => ({ ...one, bytes: readFileSync(FOLDER + one.file) }));
}
