import type { StarterSkill } from '../starter-skill.ts';

export const PLAN_HOUSEHOLD_BUDGET: StarterSkill = {
  name: 'plan-household-budget',
  categories: ['finance', 'lifestyle'],
  description:
    'Makes a monthly budget from income and spending: fixed costs, what is left, savings goals, and where a change would matter most. Use when the user wants to save money, asks where it goes, plans a large purchase or wants to get out of debt. No investment advice.',
  body: `# Plan a household budget

A month that adds up, and one change that is worth making.

## Steps
1. Ask for the income after tax and three months of spending, or estimates. Yearly costs count with a twelfth each.
2. Sort spending into fixed, needed and chosen. Put anything unclear to the user rather than guess.
3. Show the month: income, the three groups, what is left. Point out a month that is not like the others.
4. Set goals in order: a reserve of three months of fixed costs, expensive debt, then wishes with a date and an amount.
5. Name the three changes with the largest effect, each with euros per month and what it costs in comfort.
6. Write the budget and the one number to look at each week.

## Gotchas
- Transfers between own accounts are neither income nor spending.
- Small subscriptions hide in yearly payments.
- Somebody in real trouble needs a debt advice centre. Say so kindly, with how to find one.

## Output
A table of the month with each group and its share, the goals with dates, the three changes.

## Check before you finish
- [ ] Income minus all groups equals what is left.
- [ ] Every goal has an amount and a month.
`,
};
