import { SIGNATURE_FILE } from '../signing/model-signature.ts';

/** Paths that every file system can hold and no client takes for something else. */

const MAX_PATH_CHARS = 200;
const MAX_DEPTH = 6;
const SEGMENT = /^[A-Za-z0-9_][A-Za-z0-9._+@-]{0,99}$/;
/** Windows gives these names to devices, also with an extension. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** What is wrong with the paths of a skill's files, as a sentence that names one of them; undefined: nothing. */
export function pathFault(paths: readonly string[]): string | undefined {
  if (!paths.includes('SKILL.md')) return 'The skill has no file SKILL.md at its root.';
  const seen = new Map<string, string>();
  for (const path of paths) {
    const fault = faultOf(path);
    if (fault !== undefined) return `The path ${shown(path)} ${fault}.`;
    const twin = seen.get(path.toLowerCase());
    if (twin !== undefined)
      return `The paths ${shown(twin)} and ${shown(path)} are one file on many systems.`;
    seen.set(path.toLowerCase(), path);
  }
  for (const path of seen.keys()) {
    const parents = path.split('/').slice(0, -1);
    const blocked = parents
      .map((_, i) => parents.slice(0, i + 1).join('/'))
      .find((parent) => seen.has(parent));
    if (blocked !== undefined) return `${shown(blocked)} is a file and a folder at once.`;
  }
  return undefined;
}

function faultOf(path: string): string | undefined {
  if (path.length > MAX_PATH_CHARS) return `has more than ${MAX_PATH_CHARS} characters`;
  if (path.toLowerCase() === SIGNATURE_FILE) return 'is where the signature goes';
  const segments = path.split('/');
  if (segments.length > MAX_DEPTH) return `is more than ${MAX_DEPTH} folders deep`;
  if (
    segments.some((segment) => segment === '' || segment === '.' || segment === '..' || path.includes('\\'))
  )
    return 'does not stay inside the skill';
  if (segments.some((segment) => DEVICE.test(segment))) return 'has a name that Windows keeps for a device';
  if (segments.some((segment) => !SEGMENT.test(segment) || segment.endsWith('.')))
    return 'has more than letters, digits and . _ + @ -, or is hidden';
  return undefined;
}

/** Never the raw path: control characters in it could reverse the direction of the reader's line. */
function shown(path: string): string {
  return JSON.stringify(path.slice(0, 80).replaceAll(/[^\x20-\x7e]/g, '?'));
}
