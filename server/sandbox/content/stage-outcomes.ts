import type { Kind } from './verbs.ts';

/** What a step leaves, in the words of its verb. */
export const OUTCOME: Readonly<Record<Kind, string>> = {
  gather: 'list of {object}',
  transform: 'new version of {object}',
  write: '{object}',
  review: 'findings on {object}',
  analyze: 'analysis of {object}',
  organize: 'overview of {object}',
  plan: 'plan for {object}',
  communicate: 'message about {object}',
  build: '{object}',
  fix: 'fix for {object}',
  act: 'record of {object}',
};

export const VERB_OUTCOME: Readonly<Record<string, string>> = {
  summarize: 'summary of {object}',
  summarise: 'summary of {object}',
  explain: 'explanation of {object}',
  estimate: 'estimate of {object}',
  forecast: 'forecast of {object}',
  predict: 'forecast of {object}',
  reply: 'reply to {object}',
  respond: 'reply to {object}',
  answer: 'answer to {object}',
  report: 'report on {object}',
  escalate: 'escalation of {object}',
  announce: 'announcement of {object}',
  schedule: 'schedule for {object}',
  budget: 'budget for {object}',
  design: 'design of {object}',
  define: '{object}',
};
