import type { StarterSkill } from '../starter-skill.ts';

export const PLAN_TRIP: StarterSkill = {
  name: 'plan-trip',
  categories: ['lifestyle', 'productivity'],
  description:
    'Plans a journey day by day: route, transport, nights, costs, what to book when, and a plan for rain. Use when the user wants an itinerary, a holiday or business trip planned, or asks what to see in a place with a given time and budget.',
  body: `# Plan a trip

Days that can be done, with times that hold and a budget that adds up.

## Steps
1. Ask for dates, start, who travels, budget, pace, and what must not be missed. Two questions at most at a time.
2. Fix what has a time of its own: arrivals, closed days, tickets that sell out, appointments.
3. Put what lies near each other on one day. No more than two large things a day; leave the evening of arrival empty.
4. For every leg note means, duration from door to door, cost, and the last connection back.
5. Add up the costs by day with a tenth in reserve. Over budget: offer the change that hurts least.
6. List what to book, in the order of deadlines, with what can be cancelled. Book nothing.

## Gotchas
- Opening hours and prices are from memory: mark each as "check", with where.
- Time zones, and a day lost on the way east.
- Visa, vaccinations and insurance: name the official page to look at.

## Output
\`\`\`markdown
**Day 2, Tuesday, Porto**
09:30 Livraria Lello (timed ticket, check price) · 1 h
…
Rain: Serralves museum instead of the river walk
\`\`\`

## Check before you finish
- [ ] Every day has time to eat and a way back.
- [ ] The costs add up to the total.
`,
};
