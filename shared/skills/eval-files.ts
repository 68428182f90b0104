import type { EvalTask, SkillEvals, Trial } from '../contract/evals.ts';
import type { Draft, DraftFile } from '../contract/plan.ts';
import { type Packable, packSkills } from './pack-skills.ts';
import type { PublishedFolder } from './published-folder.ts';

/** What an exported skill is made of. */
type Exported = Pick<Draft, 'manifest' | 'body' | 'files'>;

interface Tried {
  readonly evals?: readonly SkillEvals[] | undefined;
  readonly trials?: readonly Trial[] | undefined;
}

/**
 * The draft with its `evals/` beside it, in the files of Anthropic's skill-creator. The specification allows any folder beside a SKILL.md;
 * agents load none of it by themselves.
 */
export function withEvals(draft: Exported & Partial<Pick<Draft, 'item' | 'digest'>>, tried: Tried): Exported {
  const evals = tried.evals?.find(({ item }) => item === draft.item);
  if (!evals) return draft;
  // A trial of another text says nothing of this one.
  const trial = tried.trials?.find(({ item, digest }) => item === draft.item && digest === draft.digest);
  return { ...draft, files: [...(draft.files ?? []), ...evalFiles(draft.manifest.name, evals, trial)] };
}

/** A ZIP of the skills, each with its `evals/`. */
export function packTried(
  skills: readonly (Parameters<typeof withEvals>[0] | PublishedFolder)[],
  tried: Tried,
): Uint8Array<ArrayBuffer> {
  return packSkills(skills.map((skill): Packable => ('texts' in skill ? skill : withEvals(skill, tried))));
}

/** `evals/evals.json`, the trigger evals, the fixture, and what came of a trial. */
export function evalFiles(name: string, evals: SkillEvals, trial?: Trial): readonly DraftFile[] {
  const { load, skip, task } = evals;
  const queries = [
    ...load.map((query) => ({ query, should_trigger: true })),
    ...skip.map((query) => ({ query, should_trigger: false })),
  ];
  return [
    ...(task ? [json('evals.json', { skill_name: name, evals: [evalOf(task)] })] : []),
    json('trigger-evals.json', queries),
    ...(task?.files ?? []).map(({ path, content }) => ({ path: `evals/files/${path}`, content })),
    ...(trial ? [json('trigger-results.json', triggersOf(name, trial))] : []),
    ...(trial?.task ? [json('grading.json', gradingOf(trial.task))] : []),
  ];
}

function evalOf({ prompt, files, expectations }: EvalTask): object {
  return {
    id: 1,
    prompt,
    expected_output: expectations.map(({ text }) => text).join(' '),
    files: files.map(({ path }) => `evals/files/${path}`),
    expectations: expectations.map(({ text }) => text),
    // Ours: what is checked without a model.
    checks: expectations.map(({ contains = [], absent = [] }) => ({ contains, absent })),
  };
}

function triggersOf(name: string, { provider, model, digest, prompts }: Trial): object {
  return {
    skill_name: name,
    ...{ provider, model, digest },
    results: prompts.map(({ text, should, chosen }) => ({
      query: text,
      should_trigger: should,
      triggered: chosen?.includes(name) ?? null,
      loaded: chosen,
    })),
  };
}

function gradingOf({ verdicts }: NonNullable<Trial['task']>): object {
  const passed = verdicts.filter((verdict) => verdict.passed === true).length;
  const failed = verdicts.filter((verdict) => verdict.passed === false).length;
  return {
    expectations: verdicts.map(({ text, passed: met, why }) => ({ text, passed: met, evidence: why })),
    summary: {
      ...{ passed, failed, total: verdicts.length },
      pass_rate: verdicts.length === 0 ? null : Math.round((passed / verdicts.length) * 100) / 100,
    },
  };
}

function json(name: string, value: unknown): DraftFile {
  return { path: `evals/${name}`, content: `${JSON.stringify(value, null, 2)}\n` };
}
