import { Lexer, type Token, type TokensList } from 'marked';

/** Longer texts are shown as source: no skill is that long, and the lexer's time is not bounded by much. */
export const MAX_RENDERED_CHARS = 200_000;

export type { Token };

/** Only marked's lexer is used, never its renderer: there is no string of HTML anywhere. Undefined: show the source. */
export function lex(markdown: string): TokensList | undefined {
  if (markdown.length > MAX_RENDERED_CHARS || nestsTooDeep(markdown)) return undefined;
  try {
    return new Lexer({ gfm: true }).lex(markdown);
  } catch {
    return undefined;
  }
}

/** The lexer recurses into quotes and lists, the renderer after it; deeper text is no skill. */
function nestsTooDeep(markdown: string): boolean {
  return (
    /^(?:[ \t]{0,3}>){20}/m.test(markdown) ||
    /^(?:[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+){20}/m.test(markdown) ||
    /^[ \t]{100}/m.test(markdown) ||
    /[[*_]{100}/.test(markdown)
  );
}
