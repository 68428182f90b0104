/** Brings a model's evals into the contract's bounds. No I/O, no model. */
import {
  type EvalTask,
  type Expectation,
  evalFile,
  MAX_EVAL_PROMPT_CHARS,
  MAX_EXPECTATIONS,
  type SkillEvals,
} from '../../contract/evals.ts';
import { normalizeBody } from '../../skills/skill-body.ts';
import { oneLine } from '../one-line.ts';
import type { EvalsAnswer } from '../prompts/evals.ts';

const PROMPTS = 10;
const MAX_FILES = 4;
const MAX_CHECKS = 8;

/** A prompt that stands on both lists is a near miss that is none: it stays among those that should load the skill. */
export function answerToEvals({ load, skip, task }: EvalsAnswer, item: string): SkillEvals {
  const wanted = distinct(load, new Set());
  const expectations = task.expectations.flatMap(expectationOf).slice(0, MAX_EXPECTATIONS);
  const prompt = textOf(task.prompt, 2000);
  return {
    item,
    load: wanted,
    skip: distinct(skip, new Set(wanted.map(folded))),
    ...(prompt !== '' && expectations.length > 0 && { task: { prompt, files: filesOf(task), expectations } }),
  };
}

function distinct(texts: readonly string[], seen: Set<string>): string[] {
  return texts
    .map((text) => oneLine(text, MAX_EVAL_PROMPT_CHARS))
    .filter((text) => text !== '' && !seen.has(folded(text)) && seen.add(folded(text)))
    .slice(0, PROMPTS);
}

function folded(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[\s\p{P}]+/gu, ' ')
    .trim();
}

function filesOf({ files }: EvalsAnswer['task']): EvalTask['files'] {
  const taken = new Set<string>();
  return files
    .flatMap(({ path, content }) => {
      // A model may put the fixture into a folder; here it lies side by side.
      const parsed = evalFile.safeParse({ path: path.replace(/^.*\//, ''), content: normalizeBody(content) });
      if (!parsed.success || taken.has(parsed.data.path.toLowerCase())) return [];
      taken.add(parsed.data.path.toLowerCase());
      return [parsed.data];
    })
    .slice(0, MAX_FILES);
}

function expectationOf({
  text,
  contains,
  absent,
}: EvalsAnswer['task']['expectations'][number]): Expectation[] {
  const line = oneLine(text, 300);
  if (line === '') return [];
  const [must, mustNot] = [checksOf(contains), checksOf(absent)];
  return [
    {
      text: line,
      ...(must.length > 0 && { contains: must }),
      ...(mustNot.length > 0 && { absent: mustNot }),
    },
  ];
}

/** A text that was cut would be another one, so that one too long is left out. */
function checksOf(texts: readonly string[]): string[] {
  return texts
    .map((text) => text.trim())
    .filter((text) => text !== '' && text.length <= 200)
    .slice(0, MAX_CHECKS);
}

function textOf(text: string, max: number): string {
  return normalizeBody(text)
    .trim()
    .slice(0, max)
    .replace(/[\ud800-\udbff]$/, '');
}
