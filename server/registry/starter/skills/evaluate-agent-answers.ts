import type { StarterSkill } from '../starter-skill.ts';

export const EVALUATE_AGENT_ANSWERS: StarterSkill = {
  name: 'evaluate-agent-answers',
  categories: ['agents', 'research'],
  description:
    'Measures how well an agent or prompt does a task: a set of cases, a way to grade, a baseline, and a table of results with what failed and why. Use when the user asks whether a prompt, a model or an agent got better, wants an evaluation or a benchmark, or compares two prompts.',
  body: `# Evaluate an agent's answers

A number that means something, and the failures behind it.

## Steps
1. Write what a good answer is, as three to six statements that are true or false of an answer.
2. Collect at least twenty cases: usual ones, hard ones, and some in which the right answer is to refuse or to ask. Real ones before invented ones.
3. Split them: half for looking at while you change things, half that nobody looks at until the end.
4. Run the baseline and the candidate on the same cases, three times each, with the same settings. Keep every answer.
5. Grade by program where a statement can be checked so, by a person or a model with the statements otherwise. Let a person grade twenty of the model's grades.
6. Report the share of true statements with its spread over the runs, the cases that changed, and the cost of each.

## Gotchas
- A model prefers long answers and its own. Hide which answer is whose, and swap the order.
- A difference smaller than the spread between runs is none.
- Cases that were in the prompt as examples measure memory.

## Output
A table: statement, baseline, candidate, difference, spread; then the five worst failures, each with its case and the reason.

## Check before you finish
- [ ] The second half was looked at once.
- [ ] Anyone can run it again with one command.
`,
};
