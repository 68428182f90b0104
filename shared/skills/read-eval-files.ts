import * as z from 'zod/mini';

/** The evals of a skill out of its files in `evals/`, as its author published them: a stranger's texts, read with bounds. */

const line = z.string().check(z.maxLength(2000));
const triggers = z.array(z.object({ query: line, should_trigger: z.boolean() })).check(z.maxLength(100));
const triggerResults = z.object({
  provider: line,
  model: line,
  results: z
    .array(z.object({ query: line, should_trigger: z.boolean(), triggered: z.nullable(z.boolean()) }))
    .check(z.maxLength(100)),
});
const tasks = z.object({
  evals: z
    .array(
      z.object({
        prompt: z.string().check(z.maxLength(10_000)),
        expectations: z.array(line).check(z.maxLength(50)),
      }),
    )
    .check(z.maxLength(20)),
});
const gradings = z.object({
  expectations: z
    .array(z.object({ text: line, passed: z.nullable(z.boolean()), evidence: z.optional(line) }))
    .check(z.maxLength(50)),
});

/** A prompt; `loaded` is undefined where no result is published, and null where the model did not say. */
export interface PublishedPrompt {
  readonly text: string;
  readonly should: boolean;
  readonly loaded?: boolean | null;
}

/** What a task's result must show; `passed` is undefined where no result is published. */
export interface PublishedExpectation {
  readonly text: string;
  readonly passed?: boolean | null;
  readonly why?: string | undefined;
}

/** How a published skill is tried, and what came of it where that is published too. */
export interface PublishedEvals {
  readonly prompts: readonly PublishedPrompt[];
  readonly tasks: readonly string[];
  readonly expectations: readonly PublishedExpectation[];
  /** On what it was tried. */
  readonly on?: { readonly provider: string; readonly model: string } | undefined;
}

/** Undefined: there are none. A file of another form is left out; it can be read as it is beside. */
export function readEvalFiles(
  texts: readonly { readonly path: string; readonly content: string }[],
): PublishedEvals | undefined {
  const read = <T>(name: string, shape: z.ZodMiniType<T>): T | undefined => {
    const text = texts.find(({ path }) => path === `evals/${name}`)?.content;
    return text === undefined ? undefined : parsed(text, shape);
  };
  const tried = read('trigger-results.json', triggerResults);
  const prompts =
    tried?.results.map(({ query, should_trigger, triggered }) => ({
      ...{ text: query, should: should_trigger, loaded: triggered },
    })) ??
    read('trigger-evals.json', triggers)?.map((one) => ({ text: one.query, should: one.should_trigger }));
  const asked = read('evals.json', tasks)?.evals ?? [];
  const graded = read('grading.json', gradings)?.expectations;
  const expectations =
    graded?.map(({ text, passed, evidence: why }) => ({ text, passed, why })) ??
    asked.flatMap((one) => one.expectations.map((text) => ({ text })));
  if (!prompts && asked.length === 0 && expectations.length === 0) return undefined;
  return {
    prompts: prompts ?? [],
    tasks: asked.map(({ prompt }) => prompt),
    expectations,
    on: tried && { provider: tried.provider, model: tried.model },
  };
}

function parsed<T>(text: string, shape: z.ZodMiniType<T>): T | undefined {
  try {
    const value = z.safeParse(shape, JSON.parse(text));
    return value.success ? value.data : undefined;
  } catch {
    return undefined;
  }
}
