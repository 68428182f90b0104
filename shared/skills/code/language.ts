import type { CodeBlock } from '../document/document.ts';

/** How a block's code is read: by a shell's rules, by those of languages with calls and assignments, or, unknown, by both. */
export type Reading = 'shell' | 'script' | 'both' | 'none';

const SHELL = new Set([
  'sh',
  'bash',
  'shell',
  'zsh',
  'fish',
  'ksh',
  'console',
  'terminal',
  'shell-session',
  'sh-session',
]);
const SCRIPT = new Set([
  'python',
  'py',
  'python3',
  'ipython',
  'javascript',
  'js',
  'mjs',
  'cjs',
  'jsx',
  'typescript',
  'ts',
  'tsx',
  'node',
  'ruby',
  'rb',
  'php',
  'perl',
  'go',
  'golang',
  'rust',
  'java',
  'kotlin',
  'csharp',
  'c#',
  'swift',
  'lua',
  'r',
]);
// What a tool prints or a person reads. Its lines are still searched for commands.
const PROSE = new Set([
  'markdown',
  'md',
  'mdx',
  'diff',
  'html',
  'css',
  'svg',
  'xml',
  'csv',
  'mermaid',
  'sql',
  'graphql',
]);

/** An unknown language is read by both kinds of rules, so that a wrong name on a fence hides nothing. */
export function readingOf(language: string): Reading {
  if (SHELL.has(language)) return 'shell';
  if (SCRIPT.has(language)) return 'script';
  return PROSE.has(language) ? 'none' : 'both';
}

/** The language of a file beside the SKILL.md, as a fence would name it. */
export function languageOfFile(path: string): string {
  return /\.([a-z\d]{1,8})$/i.exec(path)?.[1]?.toLowerCase() ?? '';
}

/** A whole file as one code block, for files beside the SKILL.md. */
export function blockOf(text: string, language: string, firstLine: number): CodeBlock {
  return { language, lines: text.split('\n'), firstLine, lead: '', open: false };
}
