import type { StarterSkill } from '../starter-skill.ts';

export const PREPARE_INTERVIEW: StarterSkill = {
  name: 'prepare-interview',
  categories: ['other', 'communication'],
  description:
    'Prepares a fair interview for a job: criteria from the role, questions with what a good answer has, a sheet to score by, and a decision that can be explained. Use when the user hires somebody, writes interview questions, or compares candidates.',
  body: `# Prepare an interview

The same questions for everyone, and a score that rests on what was said.

## Steps
1. Take five things that the person will really do in the first year from the role's description. They are the criteria.
2. For each write one question about something that the candidate has done, and one small task from the work.
3. Write for each what a weak, a good and a strong answer has. Do it before you meet anybody.
4. Put them into an order with times, and leave a fifth for the candidate's own questions.
5. Give every interviewer the sheet. Each scores alone, with the words that led to the score, before anyone talks.
6. Compare by criterion, not by sum. Name what is still unknown and how to find it out.

## Gotchas
- Questions about family, age, health, faith or origin have no place, in most countries by law.
- "Fits the team" is no criterion until somebody says what it means.
- Applications are about people: keep names out of tools that do not need them.

## Output
The sheet: criterion, question, task, three levels, score, the candidate's words.

## Check before you finish
- [ ] Every question belongs to a criterion from the work.
- [ ] The levels were written before the first interview.
`,
};
