import { normalizeBody } from '../../skills/skill-body.ts';

/** The Markdown body out of a model's answer; empty when there is none. Takes off what models add although they were told not to. */
export function draftBody(answer: string): string {
  let text = answer
    .replaceAll('\r\n', '\n')
    .replace(/^\s*<think>[\s\S]*?<\/think>/, '')
    .trim();
  const fenced = /^(`{3,}|~{3,})(?:markdown|md)?[ \t]*\n([\s\S]*)\n\1$/.exec(text);
  // Only when the outer fence is really one: a body may begin with one code block and end with another.
  if (fenced?.[2] !== undefined && !fenced[2].split('\n').some((line) => line.trim() === fenced[1]))
    text = fenced[2];
  return normalizeBody(text.replace(/^---[ \t]*\n(?=[\w-]{1,40}:)[\s\S]{0,4000}?\n---[ \t]*(?:\n|$)/, ''));
}
