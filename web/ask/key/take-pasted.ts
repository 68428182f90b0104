import { type EnvKey, keyInEnv, MAX_ENV_CHARS } from '../../../shared/sealing/env-key.ts';
import type { KeyRules } from '../../../shared/sealing/key-shape.ts';
import { plural } from '../../ui/format.ts';

/** A browser's own limit for what is typed into the field. */
const MAX_FIELD_CHARS = 8192;

/** What became of a paste: whose key went into the field, if one did, and words about it. Nothing of this is the user's text. */
export interface Taken {
  readonly of: string | undefined;
  readonly words: string;
}

/**
 * Puts the key of the chosen provider, the first in the list, out of a pasted text or a dropped file into the field, and lets go of the
 * rest. Undefined: it was no settings, and went in as it was. A chunk of its own: most people paste nothing but their key.
 */
export async function takePasted(
  input: HTMLInputElement,
  pasted: string | Blob,
  [chosen, ...others]: readonly KeyRules[],
): Promise<Taken | undefined> {
  if (!chosen) return undefined;
  const isFile = typeof pasted !== 'string';
  return put(input, isFile ? await readText(pasted) : pasted, isFile, [chosen, others]);
}

/** Synchronous and on its own: a frame that awaits would keep the text alive. */
function put(
  input: HTMLInputElement,
  text: string,
  isFile: boolean,
  [chosen, others]: readonly [KeyRules, readonly KeyRules[]],
): Taken | undefined {
  const found = keyInEnv(text, chosen, others);
  if (found.kind === 'taken') {
    input.value = found.key;
    return { of: found.of, words: takenInWords(found, chosen) };
  }
  if (found.kind === 'nothing') {
    const these = `these ${plural(found.lines, 'line')}`;
    return { of: undefined, words: `There is no key of ${chosen.name} in ${these}. All of it is dropped.` };
  }
  const line = text.trim();
  if (isFile && (line.length > MAX_FIELD_CHARS || /[\r\n]/.test(line)))
    return { of: undefined, words: `There is no key of ${chosen.name} in this file. All of it is dropped.` };
  // As the browser would have done it.
  const typed = text.replaceAll(/[\r\n]/g, '').slice(0, MAX_FIELD_CHARS);
  input.setRangeText(typed, input.selectionStart ?? 0, input.selectionEnd ?? input.value.length, 'end');
  return undefined;
}

function takenInWords({ of, name, lines }: EnvKey & { kind: 'taken' }, chosen: KeyRules): string {
  const missed = of === chosen.id ? '' : `There is no key of ${chosen.name} here. `;
  return lines === 1
    ? `${missed}Took the key out of its line${name ? `, ${name}` : ''}.`
    : `${missed}Took ${name ?? 'a key'}, one of ${plural(lines, 'line')}; the rest is dropped.`;
}

/** Windows writes some files as UTF-16, with a mark at their beginning. */
async function readText(file: Blob): Promise<string> {
  const bytes = await file.slice(0, MAX_ENV_CHARS).arrayBuffer();
  const [first, second] = new Uint8Array(bytes);
  return new TextDecoder(first === 0xff && second === 0xfe ? 'utf-16le' : 'utf-8').decode(bytes);
}
