/**
 * Texts that cost a careless parser or pattern minutes: short pieces of Markdown repeated, and shapes that repetition alone cannot make.
 * The pieces are all pairs of what Markdown gives a meaning to, and what froze parsers that we measured.
 */
const SIGNS = [
  '*',
  '_',
  '`',
  '[',
  ']',
  '(',
  '!',
  '<',
  '>',
  '&',
  '~~',
  '|',
  '- ',
  '\n',
  '\\',
  'a',
  ' ',
  '1. ',
];

const PIECES = [
  ...[
    '_a*',
    '**a*',
    '*a**',
    '**a_',
    '*a _',
    '_a_b',
    '__a*',
    '*a __b',
    '***a',
    '_a__',
    '*a*b',
    'a*b_c',
    '*-*',
    '~a~~',
    '~~a~',
  ],
  ...[
    '[a](',
    '[a](<',
    '[a]( "',
    '![a](',
    '[![',
    '[[a]',
    '[a][',
    '[a]: ',
    '[a]: b\n',
    '[a](b',
    '[a](b "c',
    '[a](b)*',
    '![[',
  ],
  ...[
    '<!--',
    '<!-- -->',
    '<?',
    '<!A',
    '<![CDATA[',
    '<a b="',
    "<a b='",
    '</a',
    '<a>',
    '<b>\n',
    '<div>\n\n',
    '<a@',
    'x<y',
  ],
  ...[
    '&a',
    '&#x',
    '&amp;',
    'a@b.',
    'http://',
    'www.',
    'www.a.',
    'https://a.',
    '``a`',
    '`a',
    '```\n',
    '```a\n',
    '~~~\n',
  ],
  ...[
    '| a |\n| - |\n',
    'a|b\n-|-\n',
    '|a\n',
    '|-',
    '> a\n',
    '>\n',
    '- a\n',
    '* * ',
    '- > ',
    '- a\n  - b\n',
    '> ```\n',
    '- [ ] a\n',
  ],
  ...[
    'a\n===\n',
    '---\n',
    '# a\n',
    '# #',
    '    a\n',
    '\\a',
    'a  \n',
    '\r\n',
    '\0',
    '\u200b',
    '\u{1f600}',
    '[^a]',
    '{{',
    '"a',
    '((',
    '-\n\n',
  ],
];

export function repeatedTexts(chars: number): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const repeat = (piece: string): unknown =>
    texts.set(JSON.stringify(piece), piece.repeat(Math.ceil(chars / piece.length)).slice(0, chars));
  for (const sign of SIGNS) for (const other of SIGNS) repeat(sign === other ? sign : sign + other);
  for (const piece of PIECES) repeat(piece);

  texts.set('brackets in brackets', '['.repeat(chars / 2) + ']'.repeat(chars / 2));
  texts.set('links in links', '['.repeat(chars / 6) + '](u)'.repeat(chars / 6));
  texts.set('emphasis in emphasis', '*a '.repeat(chars / 6) + ' b*'.repeat(chars / 6));
  texts.set(
    'longer and longer code marks',
    growing(chars, (count) => `${'`'.repeat(count)}a`),
  );
  texts.set(
    'longer and longer stars',
    growing(chars, (count) => `${'*'.repeat(count)}a`),
  );
  texts.set(
    'deeper and deeper lists',
    growing(chars, (count) => `${' '.repeat(count * 2)}- a\n`),
  );
  texts.set(
    'deeper and deeper quotes',
    growing(chars, (count) => `${'>'.repeat(count)} a\n`),
  );
  texts.set(
    'many definitions',
    growing(chars, (count) => `[${count}]: u\n`),
  );
  texts.set('a quote that others continue', `${'> '.repeat(chars / 24)}a\n${'b\n'.repeat(chars / 3)}`);
  texts.set(
    'a wide table of short rows',
    `${'|a'.repeat(chars / 8)}\n${'|-'.repeat(chars / 8)}\n${'|b\n'.repeat(chars / 6)}`,
  );
  texts.set('blank lines in a list', `- a\n${'\n'.repeat(chars)}`);
  texts.set('a paragraph without an end', 'word '.repeat(chars / 5));
  texts.set('a word without an end', 'x'.repeat(chars));
  return texts;
}

function growing(chars: number, piece: (count: number) => string): string {
  let text = '';
  for (let count = 1; text.length < chars; count++) text += piece(count);
  return text;
}
