import type { StarterSkill } from '../starter-skill.ts';

export const PLAN_WEEK_MEALS: StarterSkill = {
  name: 'plan-week-meals',
  categories: ['lifestyle'],
  description:
    'Plans the meals of a week with a shopping list: what is in season, what is in the house, allergies, time to cook, leftovers used. Use when the user asks what to cook, wants a meal plan or a menu for the week, or a grocery list.',
  body: `# Plan a week's meals

Seven days, one shopping list, little waste.

## Steps
1. Ask how many eat, what they must not eat, how long they want to cook on which days, and what has to be used up.
2. Put quick meals on full days, and one large meal whose leftovers become another.
3. Use what spoils first at the beginning of the week.
4. Check each meal against the allergies, including sauces and stock.
5. Make the shopping list by section of the shop, with amounts for everyone, minus what is there.
6. Offer one swap for each meal.

## Gotchas
- Nuts, gluten, milk and fish hide in ready-made sauces. Say "read the label" where it matters.
- Amounts for children are about half.
- Dishes for ill people, babies or pregnant women follow a doctor's advice, not this plan.

## Output
\`\`\`markdown
| day | meal | minutes | uses |
| --- | --- | --- | --- |
| Mon | Lentil soup | 30 | carrots, celery |

**Shopping** Vegetables: 1 kg carrots …
\`\`\`

## Check before you finish
- [ ] No meal has anything that somebody must not eat.
- [ ] Every ingredient is on the list or in the house.
`,
};
