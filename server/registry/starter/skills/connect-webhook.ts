import type { StarterSkill } from '../starter-skill.ts';

export const CONNECT_WEBHOOK: StarterSkill = {
  name: 'connect-webhook',
  categories: ['integrations', 'development'],
  description:
    'Builds and tests the receiving end of a webhook: signature check, replay protection, quick answer, idempotent work. Use when the user wants to receive events from another service, such as payments, forms or repositories, or says that events arrive twice or not at all. Not for sending webhooks.',
  body: `# Connect a webhook

A receiver that takes each event once, and only from the sender it trusts.

## Steps
1. Find the sender's documentation of its signature, retries and event names. Ask for it when it is not at hand; never guess a signature scheme.
2. Write the handler in this order: read the raw body, check the signature over those bytes, check the time stamp, note the event's id, answer 2xx, then work.
3. Store the event's id under a unique key in the same transaction as its effect, so that a second delivery changes nothing.
4. Do slow work after the answer, in the queue that the project already has. Most senders give up after ten seconds.
5. Test with a recorded event: once as it is, once with one byte changed, once twice, once an hour late.

## Gotchas
- A JSON parser that runs before the check changes the bytes, and every signature fails.
- Compare signatures in constant time.
- Events overtake each other. Take the state from the sender's interface when the order matters.
- A 4xx answer often stops the retries for good; answer 5xx when the fault is yours.

## Output
The handler, its test with the four cases, and three lines for the README: address, secret's setting, how to replay an event.

## Check before you finish
- [ ] The changed byte is refused with 401 and leaves no row.
- [ ] The event that came twice had one effect.
- [ ] The secret stands in no file of the repository.
`,
};
