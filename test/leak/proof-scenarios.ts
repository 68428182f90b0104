import type { Rule } from '../sandbox/script.ts';

/** What the provider does, what the client does, and how the run must end. */
export interface Scenario {
  readonly name: string;
  readonly rules: readonly Rule[];
  readonly end: 'done' | 'failed' | 'leave';
}

const FORMS = ['raw', 'percent', 'base64', 'base64+1', 'base64+2', 'base64url', 'hex', 'json'] as const;

/** Everything that happens to the key between its way in and the end of its run. */
export const SCENARIOS: readonly Scenario[] = [
  { name: 'a good run', rules: [], end: 'done' },
  {
    name: 'the client leaves while a draft is written',
    rules: [{ phase: 'draft', stop: { how: 'hang', after: 12 } }],
    end: 'leave',
  },
  {
    name: 'the provider resets in the middle',
    rules: [{ phase: 'plan', stop: { how: 'reset', after: 1 } }],
    end: 'failed',
  },
  {
    name: 'the provider cuts the stream',
    rules: [{ phase: 'plan', stop: { how: 'end', after: 1 } }],
    end: 'failed',
  },
  {
    name: 'the provider redirects',
    rules: [{ reply: { status: 307, headers: { location: 'http://127.0.0.1:9/elsewhere' } } }],
    end: 'failed',
  },
  ...FORMS.map((form) => ({
    name: `the provider’s error has the key (${form})`,
    rules: [{ echo: { in: 'error' as const, form } }],
    end: 'failed' as const,
  })),
  ...(['header', 'location', 'request-id', 'stream-error'] as const).map((place) => ({
    name: `the provider’s ${place} has the key`,
    rules: [{ echo: { in: place, form: 'raw' as const } }],
    end: 'failed' as const,
  })),
  {
    name: 'the model’s text has the key',
    rules: [{ phase: 'draft', echo: { in: 'text', form: 'raw' } }],
    end: 'done',
  },
];

/** Here the provider itself takes the key apart, so that pieces of it become text before anyone can know them. */
export const SPLIT: Scenario = {
  name: 'the model’s text has the key, split over two deltas',
  rules: [{ phase: 'draft', echo: { in: 'text', form: 'raw', split: 2 } }],
  end: 'done',
};
