import { bareOf, type Clause, clauseOf, clausesOf, subjectOf } from './clauses.ts';
import { fill, forOthers, inline, label, listed, singular, withArticle } from './phrases.ts';
import { AFTER, BEFORE, type Extra } from './stage-extras.ts';
import { OUTCOME, VERB_OUTCOME } from './stage-outcomes.ts';
import { capitalize, contentWords, shorten, slug } from './text.ts';
import { type Kind, spoken, verbOf } from './verbs.ts';

/** One capability of the goal, and the skill that would cover it. */
export interface Stage {
  readonly kind: Kind;
  readonly verb: string;
  readonly name: string;
  readonly need: string;
  readonly object: string;
  readonly outcome: string;
}

export interface GoalReading {
  /** The goal in one line, without "please help me to". */
  readonly subject: string;
  readonly title: string;
  readonly stages: readonly Stage[];
  /** The stage that does what the goal says first. */
  readonly main: Stage;
  /** What the goal asks for beyond the stages that one run takes. */
  readonly beyond: readonly string[];
  /** The goal asks for one skill, not several. */
  readonly single: boolean;
}

export const MAX_STAGES = 5;

function nameOf(verb: string, object: string, fallback: string): string {
  return slug(`${verb} ${label(object) || fallback}`, 60);
}

export function stageOf(clause: Clause): Stage {
  const { verb, kind, preposition, object } = clause;
  // "the message about anything about billing" is said of "it"
  const named = kind === 'communicate' && /^(?:any|every|some)/i.test(object) ? 'it' : object;
  const form = VERB_OUTCOME[verb] ?? OUTCOME[kind];
  const outcome = clause.result ?? fill(form, { object: form === '{object}' ? named : withArticle(named) });
  const need = capitalize([spoken(verb), preposition, clause.whole].filter((part) => part !== '').join(' '));
  const name =
    clause.result && kind === 'transform'
      ? nameOf(/^(?:turn|convert|transform|change)$/.test(verb) ? 'write' : verb, clause.result, 'result')
      : nameOf(verb, object, 'request');
  return { verb, kind, name, need, object, outcome };
}

function extraOf(extra: Extra, clause: Clause, main: Stage): Stage {
  const one = label(main.object)
    .split(' ')
    .map((word, at, all) => (at === all.length - 1 ? singular(word) : word))
    .join(' ');
  const words = {
    object: withArticle(main.object),
    outcome: withArticle(main.outcome),
    whole: clause.whole,
    one,
  };
  const verb = verbOf(extra.verb);
  if (!verb) throw new Error(`The stage verb "${extra.verb}" is not in verbs.ts: add it there.`);
  const named = fill(extra.label, { ...words, outcome: outcomeLabel(main.outcome) });
  return {
    verb: extra.verb,
    kind: verb.kind,
    name: nameOf(extra.verb, named, 'result'),
    need: capitalize(fill(extra.need, words)),
    object:
      extra.object === '{object}' || extra.object === '{outcome}'
        ? fill(extra.object, { object: main.object, outcome: main.outcome })
        : fill(extra.object, words),
    outcome: fill(extra.outcome, words),
  };
}

/** "summary of meeting notes" is named meeting-notes-summary. */
function outcomeLabel(outcome: string): string {
  const [, head, tail] = /^(\w+) (?:of|on|for|to|about) (.+)$/.exec(outcome) ?? [];
  return head && tail ? `${label(tail).split(' ').slice(-2).map(singular).join(' ')} ${head}` : outcome;
}

/** Goals without a verb that is known here: code, a bare noun in English, or any other language. */
function clauseWithoutVerb(goal: string): Clause {
  const subject = shorten(subjectOf(goal), 120);
  const words = contentWords(subject);
  if (CODE.test(goal))
    return {
      verb: 'review',
      kind: 'review',
      preposition: '',
      object: 'code',
      result: undefined,
      whole: 'the code in the goal',
    };
  const [, result, source] = /^(.{3,60}?)\s+(?:from|out of)\s+(.{3,60})$/i.exec(subject) ?? [];
  if (result && source)
    return {
      verb: 'write',
      kind: 'transform',
      preposition: '',
      object: bareOf(source),
      result: inline(result),
      whole: inline(subject),
    };
  const english =
    /^[\p{Script=Latin}\p{N}\p{P}\s]+$/u.test(subject) &&
    (words.length < 5 || /\b(?:the|and|of|for|with|my|our|your|this|how)\b/i.test(subject));
  if (english && words.length > 0)
    return {
      verb: 'prepare',
      kind: 'write',
      preposition: '',
      object: inline(shorten(subject, 60)),
      result: undefined,
      whole: inline(subject),
    };
  // Names are ASCII by the specification: what has no Latin letters is called by what is done with it.
  const long = words
    .filter((word) => /^[\p{Script=Latin}\p{N}]{4,}$/u.test(word))
    .sort((a, b) => b.length - a.length)
    .slice(0, 2);
  const object =
    long.length === 2 ? words.filter((word) => long.includes(word)).join(' ') : 'requested result';
  return {
    verb: 'produce',
    kind: 'write',
    preposition: '',
    object,
    result: undefined,
    whole: `“${shorten(subject || goal, 80)}”`,
  };
}

const CODE =
  /```|[;{}]\s*$|=>|^\s*(?:function|class|import|def|const|let|var|public|SELECT|#include)\b[^.]*[(){};=*]/m;

function titleOf(mains: readonly Stage[]): string {
  const things = [...new Set(mains.map((stage) => (mains.length === 1 ? stage.outcome : stage.object)))];
  const some = things.slice(0, 3).filter((_, at) => things.slice(0, at + 1).join(', ').length < 60);
  return capitalize(shorten(listed(some.length > 0 ? some : things.slice(0, 1)), 80));
}

function unlikeNames(stages: readonly Stage[]): readonly Stage[] {
  const taken = new Set<string>();
  return stages.map((stage) => {
    let name = stage.name;
    for (let n = 2; taken.has(name); n++) name = `${stage.name}-${n}`;
    taken.add(name);
    return name === stage.name ? stage : { ...stage, name };
  });
}

/** The stage that a need or a skill's name stands for, where the goal itself does not say it in these words. */
export function readNeed(need: string): Stage {
  return stageOf(clauseOf(need) ?? clauseWithoutVerb(need));
}

/** What the goal asks for, as stages. The same goal is always read the same way. */
export function readGoal(goal: string): GoalReading {
  const found = clausesOf(goal);
  const clauses = found.length > 0 ? found : [clauseWithoutVerb(goal)];
  const mains = clauses.slice(0, MAX_STAGES).map(stageOf);
  const stages = [...mains];
  const first = clauses[0] ?? clauseWithoutVerb(goal);
  const last = clauses.at(-1) ?? first;
  const main = stageOf(first);
  if (clauses.length < 3) {
    const before = clauses.length === 1 ? BEFORE[main.kind] : undefined;
    if (before) stages.unshift(extraOf(before, first, main));
    stages.push(extraOf(AFTER[last.kind], last, stageOf(last)));
  }
  const said = (stage: Stage): Stage => ({
    ...stage,
    need: forOthers(stage.need),
    object: forOthers(stage.object),
    outcome: forOthers(stage.outcome),
  });
  const needs = mains.map((stage, at) => (at === 0 ? said(stage).need : inline(said(stage).need)));
  return {
    subject:
      found.length > 0
        ? shorten(listed(needs), 300)
        : capitalize(shorten(subjectOf(goal), 200)) || shorten(goal, 60),
    title:
      found.length > 0 || /^[\x20-\x7e]+$/.test(goal)
        ? titleOf(mains.map(said))
        : capitalize(shorten(subjectOf(goal) || goal, 60)),
    stages: unlikeNames(stages).map(said),
    main: said(main),
    beyond: clauses.slice(MAX_STAGES).map((clause) => said(stageOf(clause)).need),
    single: /\b(?:a|one|single) (?:\w+ )?skill\b/i.test(goal.slice(0, 500)),
  };
}
