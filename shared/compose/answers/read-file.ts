import { normalizeBody } from '../../skills/skill-body.ts';
import { fenceMark } from './code-lines.ts';
import { cutThoughts } from './cut-thoughts.ts';
import { readDraft } from './read-draft.ts';
import { isRefusal } from './refusal.ts';

/** The text of a file out of a model's answer, or why there is none. `unwrapped`: words or a fence around it were taken off. */
export type FileReading =
  | { readonly kind: 'text'; readonly text: string; readonly unwrapped: boolean }
  | { readonly kind: 'refused' }
  | { readonly kind: 'empty' };

/** Words before and after a block are talk up to this length; beyond it the fences are the file's own. */
const MAX_TALK = 800;

/** Markdown is read like a draft. Of code, the one block that the answer consists of, talk aside, is the file. */
export function readFile(path: string, answer: string): FileReading {
  if (/\.(?:md|txt)$/i.test(path)) {
    const reading = readDraft(answer);
    return reading.kind === 'body'
      ? { kind: 'text', text: reading.body, unwrapped: reading.repairs.length > 0 }
      : reading;
  }
  const { text } = cutThoughts(answer.replaceAll('\r\n', '\n'));
  if (isRefusal(text)) return { kind: 'refused' };
  const code = normalizeBody(blockIn(text) ?? text);
  if (code === '') return { kind: 'empty' };
  return { kind: 'text', text: code, unwrapped: code !== normalizeBody(answer) };
}

/** What stands between the first fence and the last, when little else is there. A block that is never closed goes to the end. */
function blockIn(text: string): string | undefined {
  const lines = text.split('\n');
  const open = lines.findIndex((line) => fenceMark(line) !== undefined);
  if (open < 0 || lengthOf(lines.slice(0, open)) > MAX_TALK) return undefined;
  const close = lines.findLastIndex((line, at) => at > open && fenceMark(line)?.info === '');
  const after = close < 0 ? [] : lines.slice(close + 1);
  if (lengthOf(after) > MAX_TALK) return undefined;
  // Code that begins before the first fence has the fence in a string or a comment.
  if (lines.slice(0, open).some((line) => CODE.test(line))) return undefined;
  return lines.slice(open + 1, close < 0 ? undefined : close).join('\n');
}

const CODE =
  /^(?:#!|["'{[<]|\/[/*]|(?:import|from|const|let|var|def|class|function|use|require|package)\b)|[;{}]\s*$/;

function lengthOf(lines: readonly string[]): number {
  return lines.join('\n').trim().length;
}
