import MarkdownIt from 'markdown-it';
import type { Block } from './nodes.ts';
import { tokensToBlocks } from './tokens-to-blocks.ts';

/** Longer texts are shown as source: no skill is that long. */
const MAX_RENDERED_CHARS = 200_000;

const parser = new MarkdownIt({ html: true, linkify: true, maxNesting: 50 });
// An address with its scheme only: guessed ones would make links of file names such as README.md.
parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
const WITHOUT_SCHEME = /[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}(?:[/?#][^\s<>"'`]{0,2000})?(?<![.,:;!?)*_])/y;
parser.linkify.add('www.', {
  validate: (text, at) => {
    WITHOUT_SCHEME.lastIndex = at;
    return WITHOUT_SCHEME.exec(text)?.[0].length ?? 0;
  },
  normalize: (match) => {
    match.url = `http://${match.url}`;
  },
});
// The renderer decides what becomes a link, and shows the address of everything else.
parser.validateLink = () => true;
parser.normalizeLink = (href) => href;
parser.normalizeLinkText = (href) => href;

/**
 * markdown-it's parser, never its renderer: there is no string of HTML anywhere. Of the parsers that we measured (README) it is the
 * only one that no repeated text makes slow. Undefined: show the source.
 */
export function parseMarkdown(markdown: string): readonly Block[] | undefined {
  if (markdown.length > MAX_RENDERED_CHARS || nestsTooDeep(markdown)) return undefined;
  try {
    return tokensToBlocks(parser.parse(markdown, {}));
  } catch {
    return undefined;
  }
}

/** Parser and renderer recurse into quotes and lists; deeper text is no skill. */
function nestsTooDeep(markdown: string): boolean {
  return (
    /^(?:[ \t]{0,3}>){20}/m.test(markdown) ||
    /^(?:[ \t]{0,8}(?:[-*+]|\d{1,9}[.)])[ \t]{1,8}){20}/m.test(markdown) ||
    /^[ \t]{100}/m.test(markdown) ||
    /[[*_]{100}/.test(markdown)
  );
}
