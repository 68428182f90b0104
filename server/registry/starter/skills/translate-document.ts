import type { StarterSkill } from '../starter-skill.ts';

export const TRANSLATE_DOCUMENT: StarterSkill = {
  name: 'translate-document',
  categories: ['communication', 'creative'],
  description:
    'Translates a text into another language so that it reads as if written there: meaning, tone, terms, layout and placeholders kept. Use when the user asks to translate a letter, page, menu, manual or interface strings, or to check a translation.',
  body: `# Translate a document

A text that nobody takes for a translation, with nothing lost and nothing added.

## Steps
1. Settle who reads it, in which country, and how formal it is (Sie or du, tu or vous). Ask when the text leaves it open.
2. List names, terms of the trade, numbers, units and placeholders, with how each is to be rendered. Keep that list for the whole text.
3. Translate paragraph by paragraph: read it whole, say it in the other language, then compare with the original for what is missing.
4. Keep structure: headings, lists, links, code and placeholders such as \`{name}\` stand as they were.
5. Read the result alone, without the original. Rewrite every sentence that nobody would say.
6. Name what could not be rendered, with the choice that you made.

## Gotchas
- Idioms and jokes want an equal in the other language, not their words.
- Dates, decimal signs and currencies follow the reader's country; amounts are never converted unasked.
- Interface strings may have little room. Say where a translation is much longer.
- Legal texts: mark terms whose meaning differs between the two laws.

## Output
The translation in the layout of the original, then the list of terms, then open questions.

## Check before you finish
- [ ] Every number, name and placeholder of the original is there.
- [ ] The form of address is the same throughout.
`,
};
