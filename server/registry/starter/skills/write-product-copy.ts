import type { StarterSkill } from '../starter-skill.ts';

export const WRITE_PRODUCT_COPY: StarterSkill = {
  name: 'write-product-copy',
  categories: ['creative', 'communication'],
  description:
    "Writes the words that sell or explain a product: landing page, shop description, announcement, newsletter, in the brand's voice and true to the facts. Use when the user asks for marketing copy, a product description, a headline, a campaign or a newsletter text.",
  body: `# Write product copy

Words that a reader believes, because each of them can be shown.

## Steps
1. Collect the facts: what it does, for whom, what they do today instead, price, limits, proof. Ask for what is missing; invent nothing.
2. Collect two texts in the brand's voice. Note sentence length, form of address, words that it uses and words that it avoids.
3. Write the one thing that the reader should remember, in twelve words.
4. Draft: that thing, the proof, how it works in three steps, what it costs, what to do next. One call to action.
5. Replace each adjective by the fact behind it. Where there is none, delete the adjective.
6. Give two further headlines that take another angle, each with the reader whom it suits.

## Gotchas
- Superlatives and comparisons with named rivals need proof, in some countries by law.
- Quotations come from real people who agreed. Leave a gap rather than make one up.
- Health and money: promise no result.

## Output
Headline, text, call to action; two alternatives; a table of every claim with its source.

## Check before you finish
- [ ] Every claim stands in the table with its source.
- [ ] It reads aloud in the voice of the two samples.
`,
};
