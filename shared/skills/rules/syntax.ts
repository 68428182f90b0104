/** Whether a file can be read in the language of its name. Pure; it parses and never runs anything. */
import { type Options, parse } from 'acorn';
import { LineCounter, parseAllDocuments } from 'yaml';
import type { Finding } from '../../contract/plan.ts';
import { isDeepInBrackets, isDeepYaml } from '../nesting.ts';

/** Longer files are not parsed: what a skill carries is far shorter, and parsing costs more than all other rules. */
const MAX_PARSED_CHARS = 200_000;

interface SyntaxFault {
  readonly message: string;
  /** From 1; absent where the parser does not say. */
  readonly line?: number | undefined;
}

/** By the file's ending. Shell and Python have no entry: there is no small parser that knows them well enough to be believed. */
const CHECKS: ReadonlyMap<string, (text: string) => SyntaxFault | undefined> = new Map([
  ['mjs', (text: string) => javascriptFault(text, ['module'])],
  ['cjs', (text: string) => javascriptFault(text, ['script'])],
  ['js', (text: string) => javascriptFault(text, ['module', 'script'])],
  ['json', jsonFault],
  ['yaml', yamlFault],
  ['yml', yamlFault],
]);

/** An error where the text of a file breaks the syntax of its language; nothing for languages that are not checked. */
export function syntaxFindings(path: string, text: string): readonly Finding[] {
  const check = CHECKS.get(path.slice(path.lastIndexOf('.') + 1).toLowerCase());
  const fault = text.length <= MAX_PARSED_CHARS ? check?.(text) : undefined;
  if (!fault) return [];
  return [
    {
      rule: 'quality.file.syntax',
      severity: 'error',
      message: `The file cannot be read in its language: ${fault.message}.`,
      fix: 'Repair it, or have it written again.',
      ...(fault.line === undefined ? {} : { line: fault.line }),
    },
  ];
}

/** Fine when it can be read as one of the kinds; else the fault of the first. */
function javascriptFault(
  text: string,
  kinds: readonly NonNullable<Options['sourceType']>[],
): SyntaxFault | undefined {
  if (isDeepInBrackets(text)) return undefined;
  const faults = kinds.map((sourceType) => faultAs(text, sourceType));
  return faults.includes(undefined) ? undefined : faults[0];
}

function faultAs(text: string, sourceType: NonNullable<Options['sourceType']>): SyntaxFault | undefined {
  try {
    parse(text, { ecmaVersion: 'latest', sourceType, allowHashBang: true });
    return undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // acorn ends its sentence with the place: "Unexpected token (3:5)".
    const [, message = 'it is no JavaScript', line] = /^(.{1,200}?) \((\d+):\d+\)$/.exec(error.message) ?? [];
    return { message, line: line === undefined ? undefined : Number(line) };
  }
}

/** What the engine says of broken JSON differs from browser to browser, and repeats the text. */
function jsonFault(text: string): SyntaxFault | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    return { message: 'it is no JSON' };
  }
}

function yamlFault(text: string): SyntaxFault | undefined {
  if (isDeepYaml(text)) return undefined;
  const lines = new LineCounter();
  const [error] = parseAllDocuments(text, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'silent',
  }).flatMap(({ errors }) => errors);
  return error && { message: 'it is no YAML', line: lines.linePos(error.pos[0]).line };
}
