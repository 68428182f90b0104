import type { StarterSkill } from '../starter-skill.ts';

export const TRIAGE_SUPPORT_TICKET: StarterSkill = {
  name: 'triage-support-ticket',
  categories: ['communication', 'operations'],
  description:
    "Reads a customer's support request, finds what is wrong and how bad it is, asks for what is missing, and drafts an answer in plain words. Use when the user handles support tickets or complaints, or asks how to answer an angry customer.",
  body: `# Triage a support ticket

The right person, the right urgency, and an answer that helps.

## Steps
1. Say in one sentence what the customer wants to do and what stops them.
2. Sort: fault, question, wish, account, payment, abuse. Two of them: two tickets.
3. Set urgency by effect: cannot work at all, cannot do one thing, annoyed. How loud the message is does not count.
4. Look for the same in known problems that the user gives. Name the one that fits with what supports it.
5. List what is missing to reproduce it, at most three questions.
6. Draft the answer: what you understood, what to do now, what happens next and when. Sorry once, for the effect. Send nothing.

## Gotchas
- Never promise a date that nobody has confirmed.
- Passwords, card numbers and addresses in a ticket stay out of your answer and notes.
- A threat or a sign of danger to somebody goes to a person at once.

## Output
\`\`\`markdown
Kind: fault · Urgency: cannot do one thing · For: Billing
Missing: browser, time of the attempt
> Hello Ms Duarte, you could not download the March invoice …
\`\`\`

## Check before you finish
- [ ] The answer says what happens next and when.
- [ ] No private data of the customer is repeated.
`,
};
