import { readingOf } from '../code/language.ts';
import type { CodeBlock, Passage, SkillDocument } from '../document/document.ts';
import { lineOf } from '../document/document.ts';
import type { Following, Found, Wish } from './report.ts';
import { scriptFlows } from './script-flows.ts';
import { shellFlows } from './shell-flows.ts';
import { Trace } from './trace.ts';

/** A finding in code, and whether the text around it only shows it. */
export interface FoundInCode extends Found {
  /** The block, or the position in a passage, that it stands in. */
  readonly block?: CodeBlock;
  readonly passage?: Passage;
  readonly at?: number;
}

// No reader goes through more commands than that in one skill, and following them takes time.
const MAX_FOLLOWED_CHARS = 80_000;
const MAX_DEPTH = 3;
const MAX_LINE_CHARS = 4_000;

/** Words that every finding of the rules about code contains. */
const CODE_WORDS =
  /curl|wget|\bnc\b|ncat|netcat|socat|telnet|scp|rsync|sftp|iwr|irm|iex|invoke-|downloadstring|downloadfile|certutil|bitsadmin|mshta|aria2c|base64|rm\s|-delete|remove-item|rmdir|\brd\b|rimraf|rmtree|rmsync|homedir|fs\.rm|remove|shred|environ|process\.env|getenv|printenv|\benv\b|requests|httpx|urlopen|fetch|axios|http|socket|sendall|sendmail|exec|eval|system|subprocess|popen|\.ssh|\.aws|\.env|cookie|upload|chmod|bash|\bsh\b|dig|nslookup|mail|gist|s3:|gs:/i;
const COMMAND =
  /(?:^|[\s(:`"'“])((?:sudo\s{1,4})?(?:curl|wget|iwr|irm|iex|Invoke-WebRequest|Invoke-RestMethod|Invoke-Expression|nc|ncat|netcat|scp|rsync|bash|sh|zsh|eval|source|cat|tar|zip|env|printenv|rm|find|Remove-Item|rmdir|rd|base64|python3?|node|aria2c|certutil|gh|aws|chmod|openssl)\s{1,4}[-~/$"'.*@<\w][^\n]{0,1500})/g;

/** Follows all code of a document from top to bottom: blocks, code in sentences, and commands that stand in sentences unmarked. */
export function codeFlows(
  { passages, blocks }: SkillDocument,
  wish: Wish,
): { readonly found: readonly FoundInCode[]; readonly complete: boolean } {
  const trace = new Trace();
  let left = MAX_FOLLOWED_CHARS;
  const found: FoundInCode[] = [];
  for (const piece of inOrder(passages, blocks)) {
    if (left <= 0) return { found, complete: false };
    if ('language' in piece) {
      if (!piece.lines.some((line) => CODE_WORDS.test(line))) continue;
      const { lines, chars, whole } = bounded(piece.lines, left);
      left -= chars;
      for (const one of followBlock({ ...piece, lines }, trace, wish)) found.push({ ...one, block: piece });
      if (!whole) return { found, complete: false };
    } else if (CODE_WORDS.test(piece.text)) {
      left -= piece.text.length;
      found.push(...followPassage(piece, trace, wish));
    }
  }
  return { found, complete: true };
}

/** The number of lines that are followed. Longer lines than any command has are skipped, and reported. */
function bounded(
  lines: readonly string[],
  left: number,
): { readonly lines: readonly string[]; readonly chars: number; readonly whole: boolean } {
  let chars = 0;
  const end = lines.findIndex((line) => {
    chars += line.length + 1;
    return chars > left || (line.length > MAX_LINE_CHARS && CODE_WORDS.test(line));
  });
  return end < 0
    ? { lines, chars, whole: true }
    : { lines: lines.slice(0, end), chars: Math.min(chars, left), whole: false };
}

function followBlock(block: CodeBlock, trace: Trace, wish: Wish): readonly Found[] {
  const reading = readingOf(block.language);
  const following = followingOf(trace, wish, 0);
  return [
    ...(reading === 'shell' || reading === 'both' ? shellFlows(block.lines, block.firstLine, following) : []),
    ...(reading === 'script' || reading === 'both'
      ? scriptFlows(block.lines, block.firstLine, following)
      : []),
  ];
}

function followPassage(passage: Passage, trace: Trace, wish: Wish): readonly FoundInCode[] {
  const found: FoundInCode[] = [];
  const following = followingOf(trace, wish, 1);
  // A comment hides code from a reader and shows it to the agent, so that code in one counts like any other.
  const text = passage.text.replaceAll('`', '\n');
  for (const match of text.matchAll(COMMAND)) {
    const [, command = ''] = match;
    const at = match.index + match[0].length - command.length;
    // A sentence may go on after its command. Text after the sentence's end is not part of the command.
    const code = command.split(/(?<=[\w)"'`])[.!?:]\s+(?=\p{Lu})|\s—\s|[（。]/u)[0] ?? command;
    for (const one of shellFlows([code], lineOf(passage, at), following)) found.push({ ...one, passage, at });
  }
  for (const match of passage.text.matchAll(/`([^`\n]{8,600})`/g)) {
    const [, code = ''] = match;
    for (const one of scriptFlows([code], lineOf(passage, match.index), following))
      found.push({ ...one, passage, at: match.index });
  }
  return found;
}

function followingOf(trace: Trace, wish: Wish, depth: number): Following {
  return {
    trace,
    wish,
    follow: (kind, code, line) => {
      if (depth >= MAX_DEPTH) return [];
      const inner = followingOf(trace, wish, depth + 1);
      return kind === 'shell'
        ? shellFlows(code.split('\n'), line, inner)
        : scriptFlows(code.split('\n'), line, inner);
    },
  };
}

function inOrder(
  passages: readonly Passage[],
  blocks: readonly CodeBlock[],
): readonly (Passage | CodeBlock)[] {
  const lineOfPiece = (piece: Passage | CodeBlock): number =>
    'language' in piece ? piece.firstLine : (piece.numbers[0] ?? 0);
  return [...passages, ...blocks].sort((a, b) => lineOfPiece(a) - lineOfPiece(b));
}
