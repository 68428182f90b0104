import { codeLines } from '../answers/code-lines.ts';

const PATCH = /^(?:diff --git |--- \S+\n\+\+\+ |@@ -\d)/;
const TAGGED = /^<(?:!doctype|html|body|h[1-6]|p|div|skill|name|title)\b/i;
const HEADING = /^#{1,6} /m;

/** Whether a body is no Markdown: a patch, an unsettled merge, HTML or XML without a heading, JSON, or nothing but code behind spaces. */
export function isOtherForm(body: string): boolean {
  const text = body.trim();
  if (PATCH.test(text) || (TAGGED.test(text) && !HEADING.test(text)) || isJson(text)) return true;
  const lines = body.trimEnd().split('\n');
  if (lines.every((line) => line.trim() === '' || /^(?: {4}|\t)/.test(line))) return text !== '';
  const code = codeLines(lines);
  const has = (mark: RegExp): boolean => lines.some((line, index) => !code[index] && mark.test(line));
  return has(/^<{7} \S/) && has(/^>{7} \S/);
}

function isJson(text: string): boolean {
  if (!/^[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
