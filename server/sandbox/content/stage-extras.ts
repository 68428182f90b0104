import type { Kind } from './verbs.ts';

/** A stage that the goal does not name. Sentences are in the words of the main stage. */
export interface Extra {
  readonly verb: string;
  /** `{object}`, `{outcome}` as in the main step; `{one}` its object in the singular, for names. */
  readonly object: string;
  readonly label: string;
  readonly need: string;
  readonly outcome: string;
}

/** A goal of one step is told as two or three: what must be there before, and what makes it safe to use afterwards. */
export const BEFORE: Partial<Record<Kind, Extra>> = {
  transform: {
    verb: 'collect',
    object: '{object}',
    label: '{object}',
    need: 'Collect the {object} for the {outcome}',
    outcome: 'list of {object}',
  },
  write: {
    verb: 'collect',
    object: 'material for {object}',
    label: '{one} material',
    need: 'Collect the material for {whole}',
    outcome: 'material for {object}',
  },
  review: {
    verb: 'define',
    object: 'criteria for {object}',
    label: '{one} criteria',
    need: 'Define the criteria for judging {object}',
    outcome: 'criteria for {object}',
  },
  analyze: {
    verb: 'collect',
    object: '{object}',
    label: '{object}',
    need: 'Collect {object} and what is needed to understand the context',
    outcome: 'collection of {object}',
  },
  organize: {
    verb: 'define',
    object: 'rules for {object}',
    label: '{one} rules',
    need: 'Define the rules for handling {object}',
    outcome: 'rules for {object}',
  },
  plan: {
    verb: 'collect',
    object: 'requirements for {object}',
    label: '{one} requirements',
    need: 'Collect the wishes, dates and limits for {whole}',
    outcome: 'requirements for {object}',
  },
  communicate: {
    verb: 'collect',
    object: 'facts about {object}',
    label: '{one} facts',
    need: 'Collect the facts about {whole}',
    outcome: 'facts about {object}',
  },
  build: {
    verb: 'design',
    object: '{object}',
    label: '{object}',
    need: 'Design {whole} in its smallest useful version',
    outcome: 'design of {object}',
  },
  fix: {
    verb: 'diagnose',
    object: '{object}',
    label: '{object}',
    need: 'Find out what is wrong with the {object}, with a measurement',
    outcome: 'diagnosis of {object}',
  },
  act: {
    verb: 'plan',
    object: '{object}',
    label: '{object}',
    need: 'Work out a proposal for {object} from the current numbers',
    outcome: 'proposal for {object}',
  },
};

export const AFTER: Readonly<Record<Kind, Extra>> = {
  gather: {
    verb: 'summarize',
    object: '{object}',
    label: '{object}',
    need: 'Summarize the {object} so that somebody can act',
    outcome: 'summary of {object}',
  },
  transform: {
    verb: 'check',
    object: '{outcome}',
    label: '{outcome}',
    need: 'Check the {outcome} against the {object} before anyone relies on the result',
    outcome: 'findings on {outcome}',
  },
  write: {
    verb: 'check',
    object: '{object}',
    label: '{object}',
    need: 'Check the {object} for facts, tone and gaps before use',
    outcome: 'findings on {object}',
  },
  review: {
    verb: 'report',
    object: 'findings on {object}',
    label: '{one} findings',
    need: 'Report the findings on {object} to the people who act on them',
    outcome: 'report on {object}',
  },
  analyze: {
    verb: 'check',
    object: '{outcome}',
    label: '{outcome}',
    need: 'Check the {outcome} for gaps and wrong conclusions',
    outcome: 'findings on {outcome}',
  },
  organize: {
    verb: 'report',
    object: 'the state of {object}',
    label: '{one} state',
    need: 'Report the state of the {object}: what is done, open and overdue',
    outcome: 'overview of {object}',
  },
  plan: {
    verb: 'check',
    object: '{outcome}',
    label: '{outcome}',
    need: 'Check the {outcome} for conflicts and missing steps',
    outcome: 'findings on {outcome}',
  },
  communicate: {
    verb: 'check',
    object: '{outcome}',
    label: '{outcome}',
    need: 'Check the {outcome} for facts and tone before sending',
    outcome: 'findings on {outcome}',
  },
  build: {
    verb: 'test',
    object: '{object}',
    label: '{object}',
    need: 'Test {object} with real examples, also with wrong input',
    outcome: 'test results for {object}',
  },
  fix: {
    verb: 'verify',
    object: '{object}',
    label: '{object}',
    need: 'Verify with the same measurement that the {object} got better',
    outcome: 'comparison for {object}',
  },
  act: {
    verb: 'record',
    object: '{object}',
    label: '{object}',
    need: 'Keep a record of {object}: what was done, when and on whose yes',
    outcome: 'record of {object}',
  },
};
