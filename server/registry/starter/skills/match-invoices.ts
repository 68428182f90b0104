import type { StarterSkill } from '../starter-skill.ts';

export const MATCH_INVOICES: StarterSkill = {
  name: 'match-invoices',
  categories: ['finance', 'automation'],
  description:
    'Compares invoices with purchase orders and delivery notes before they are paid: quantity, price, tax, bank details, duplicates. Use when the user wants to check bills, reconcile invoices, find double payments, or asks whether an invoice is right.',
  body: `# Match invoices

Each invoice with what was ordered and what arrived, and a reason for each that does not fit.

## Steps
1. Collect invoices, orders and delivery notes. List those of which one of the three is missing.
2. Match by order number first, then by supplier, amount and date. Say how each match was made.
3. Compare line by line: quantity, unit, price, discount, tax rate, currency, total. Calculate each total again.
4. Compare bank details with those of the last paid invoice. A change is a stop until somebody has called the supplier on a known number.
5. Look for doubles: same supplier and amount within sixty days, or the same number with a letter added.
6. Sort into pay, ask, stop. Write the question for each "ask". Pay nothing.

## Gotchas
- Partial deliveries: several invoices to one order are no doubles when quantities add up.
- Rounding per line and per total differ by cents. Name the rule that fits.
- A credit note has its sign in words on some forms.

## Output
\`\`\`markdown
| invoice | supplier | amount | result | reason |
| --- | --- | --- | --- | --- |
| 2231 | Holm AB | 1,204.00 EUR | ask | 12 pieces billed, 10 delivered |
\`\`\`

## Check before you finish
- [ ] The sum of the three groups equals the sum of all invoices.
- [ ] Every changed bank account is in "stop".
`,
};
