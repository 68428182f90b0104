const BLOCK = /^\uFEFF?---[ \t]*\n([\s\S]{0,6000}?)\n---[ \t]*(?:\n|$)\s*/;
const FENCED_BLOCK = /^(?:`{3,}|~{3,})(?:ya?ml)?[ \t]*\n([\s\S]{0,6000}?)\n(?:`{3,}|~{3,})[ \t]*(?:\n|$)\s*/;
const TOML = /^\uFEFF?\+\+\+[ \t]*\n([\s\S]{0,6000}?)\n\+\+\+[ \t]*(?:\n|$)\s*/;
/** The same fields without rules around them, right before the first heading. */
const BARE =
  /^(?:(?:\*\*)?(?:name|description|license|allowed-tools|body|instructions)(?:\*\*)?[ \t]*:(?:\*\*)?[^\n]{0,2000}\n\s*){2,8}(?=#{1,6}[ \t])/i;
/** One of the two fields that every skill has; a note between two rules has none. */
const FIELD = /^(?:name|description)[ \t]*[:=]/m;

/** A body without the front matter that models and users put before it, also twice. */
export function cutFrontMatter(text: string): string {
  let rest = text;
  for (let times = 0; times < 3; times += 1) {
    const block = BLOCK.exec(rest) ?? FENCED_BLOCK.exec(rest) ?? TOML.exec(rest);
    if (!block?.[1] || !FIELD.test(block[1])) break;
    rest = rest.slice(block[0].length);
  }
  return rest.replace(BARE, '');
}
