import type { Finding } from '../../contract/plan.ts';
import { type CodeBlock, lineOf, type Passage, type SkillDocument } from '../document/document.ts';
import { codeFlows, type FoundInCode } from '../flows/code-flows.ts';
import { hostsIn, kindOf } from '../flows/hosts.ts';
import { type Found, type Wish, wanted } from '../flows/report.ts';
import { COMMAND_RULES } from './command-rules.ts';
import { evidenceOf } from './evidence.ts';
import { secretFindings } from './secrets.ts';
import { isForbidden, isLabelled, isQuoted } from './shown.ts';
import { wordingFindings } from './wording-findings.ts';

const MAX_FINDINGS_PER_RULE = 5;
const MAX_LINE_CHARS = 2_000;
/** Words that every finding of the command rules contains. */
const COMMAND_STEMS =
  /base64|eval|exec|powershell|child_process|select|insert|update|delete|mkfs|\bdd\b|\/dev\/|:\(\)|format|erase|wipefs|drop|push|terraform|kubectl|cat|less|head|cp\b|copy|read|open|expanduser|login|cookie|key4|chrom|mozilla|firefox|wallet|keychain|mimikatz|lazagne|cryptunprotect|xattr|spctl|csrutil|setenforce|ufw|mppreference|nopasswd|chmod|netsh|zip|rar\b|7z|tar\b|passphrase|password|pwd|environ|process\.env|mysql|psql|sshpass|curl|docker|tls|verify|wget|rejectunauthorized|\.bashrc|\.zshrc|profile|crontab|launchctl|schtasks|scheduledtask|currentversion|\bnc\b|ncat|bash|dup2|miner|xmrig|stratum|coinhive|https?:|sudo|pip|permissions|approvals|yolo|bypass|npx|uvx/i;

/** How many lines the command rules read: more than any skill has with such words. */
const MAX_COMMAND_CHARS = 80_000;

/** The deterministic security rules over a document: flows in code, single commands, wording, secrets. */
export function securityFindings(document: SkillDocument, wish: Wish): readonly Finding[] {
  const flows = codeFlows(document, wish);
  const commands = commandFindings(document, wish);
  const words = wordingFindings(document.passages, wish);
  const complete = document.complete && flows.complete && commands.complete && words.complete;
  const found = [...flows.found.map(weighted), ...commands.found, ...words.found];
  return [...limited(found).map(toFinding), ...secretFindings(document), ...(complete ? [] : [TOO_MUCH])];
}

const TOO_MUCH: Finding = {
  rule: 'security.unread',
  severity: 'error',
  message: 'It has more text and commands than the analysis reads, so that a part of it was not looked at.',
  fix: 'Split the skill.',
};

/** A flow from a secret keeps its severity. Anything else weighs little where the text shows or forbids it. */
function weighted(found: FoundInCode): Found {
  const { block, passage, at = 0 } = found;
  if (found.flow) return found;
  const shown = block
    ? isShownBlock(block, found.line)
    : passage !== undefined && passage.kind !== 'comment' && isShownPassage(passage, at);
  return shown ? { ...found, severity: 'info' } : found;
}

const COMMENT = /^\s{0,40}(?:#|\/\/|--|;|REM\b|\/\*)/i;

/**
 * A block that is introduced as an example of what not to do, by the text before it or by a comment in its first line, or above or beside
 * the line.
 */
function isShownBlock({ lead, lines, firstLine }: CodeBlock, line: number): boolean {
  if (isLabelled(lead)) return true;
  const index = line - firstLine;
  const above = commentsAbove(lines, index);
  const first = COMMENT.test(lines[0] ?? '') ? [lines[0] ?? ''] : [];
  const beside = /\s(?:#|\/\/)\s{0,4}(.{1,200})$/.exec((lines[index] ?? '').slice(0, MAX_LINE_CHARS))?.[1];
  return [...first, ...above, ...(beside === undefined ? [] : [`# ${beside}`])].some((comment) =>
    isLabelled(comment.slice(0, 300)),
  );
}

/** The comments above a line, within its paragraph of code. */
function commentsAbove(lines: readonly string[], index: number): readonly string[] {
  const near = lines.slice(Math.max(0, index - 6), index);
  return near
    .slice(near.findLastIndex((text) => text.trim() === '') + 1)
    .filter((text) => COMMENT.test(text));
}

/** A table row says what becomes of the command in another cell: "blocked". */
function isShownPassage(passage: Passage, at: number): boolean {
  const { text, kind, lead } = passage;
  if (isForbidden(text, at) || isLabelled(lead)) return true;
  if (kind === 'row')
    return /\b(?:block|refus|reject|den(?:y|ied)|danger|never|forbid|malicious|attack|unsafe|destructive|prohibit|disallow|red flag)/i.test(
      text,
    );
  return kind === 'item' && STARTS_FORBIDDING.test(text.slice(0, at));
}

// An item that begins with a prohibition. Its second sentence is not covered by it.
const STARTS_FORBIDDING =
  /^[\s*_`]{0,6}(?:❌|🚫|⛔|✗|never|don['’]t|do not|avoid|block|refuse|reject|deny)(?![\p{L}])(?!\s{1,4}(?:mind|forget|hesitate|skip|fail|worry)\b)[^.!?]{0,200}$/iu;

/** A piece of text that may be, or name, a command. */
interface Piece {
  readonly text: string;
  readonly isCode: boolean;
  readonly lineAt: (at: number) => number;
  /** Whether what stands there is only shown, or forbidden. */
  readonly isShown: (at: number) => boolean;
}

function commandFindings(
  document: SkillDocument,
  wish: Wish,
): { readonly found: readonly Found[]; readonly complete: boolean } {
  const found: Found[] = [];
  let left = MAX_COMMAND_CHARS;
  for (const piece of piecesOf(document)) {
    if (!COMMAND_STEMS.test(piece.text)) continue;
    left -= piece.text.length;
    if (left < 0) return { found, complete: false };
    found.push(...commandsIn(piece), ...(piece.isCode ? sinksIn(piece, wish) : []));
  }
  return { found, complete: true };
}

function* piecesOf({ passages, blocks }: SkillDocument): Iterable<Piece> {
  for (const passage of passages) {
    const isShown = (at: number): boolean =>
      isShownPassage(passage, at) || isQuoted(passage.text.replaceAll('`', ' '), at, at + 1);
    yield { text: passage.text, isCode: false, lineAt: (at) => lineOf(passage, at), isShown };
  }
  for (const block of blocks) {
    for (const [index, text] of block.lines.entries()) {
      const line = block.firstLine + index;
      for (let from = 0; from === 0 || from < text.length; from += MAX_LINE_CHARS) {
        const piece = text.slice(from, from + MAX_LINE_CHARS);
        yield {
          text: piece,
          isCode: true,
          lineAt: () => line,
          isShown: () => isShownBlock(block, line),
        };
      }
    }
  }
}

function commandsIn({ text, isCode, lineAt, isShown }: Piece): readonly Found[] {
  return COMMAND_RULES.flatMap(({ rule, severity, pattern, only, message, fix }) => {
    const at = only === 'code' && !isCode ? undefined : pattern.exec(text)?.index;
    if (at === undefined) return [];
    return [{ rule, severity: isShown(at) ? 'info' : severity, line: lineAt(at), code: text, message, fix }];
  });
}

function sinksIn({ text, lineAt, isShown }: Piece, wish: Wish): readonly Found[] {
  return hostsIn(text)
    .filter((host) => kindOf(host) === 'anonymous' || kindOf(host) === 'short')
    .filter((host) => !wanted(host, wish))
    .map((host) => ({
      rule: 'security.network.sink',
      severity: isShown(0) ? 'info' : 'warning',
      line: lineAt(0),
      code: text,
      message: `It talks to ${host}, a service that hides who is behind it.`,
      fix: 'Name the real destination.',
    }));
}

/** At most five findings of each rule, so that the report stays readable. Running a download is reported once for each host. */
function limited(found: readonly Found[]): readonly Found[] {
  const counts = new Map<string, number>();
  const seen = new Set<string>();
  return found
    .toSorted((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity] || a.line - b.line)
    .filter(({ rule, line, message }) => {
      const what = rule.startsWith('security.remote.') ? `${rule} ${message}` : `${rule} ${line}`;
      const count = counts.get(rule) ?? 0;
      if (seen.has(what) || count >= MAX_FINDINGS_PER_RULE) return false;
      seen.add(what);
      counts.set(rule, count + 1);
      return true;
    });
}
const WEIGHT = { critical: 0, error: 1, warning: 2, info: 3 } as const;

function toFinding({ rule, severity, line, code, message, fix }: Found): Finding {
  return { rule, severity, line, message, evidence: evidenceOf(code), ...(fix === undefined ? {} : { fix }) };
}
