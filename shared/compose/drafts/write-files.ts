/** Writes the files that a plan wants beside a draft's SKILL.md, each in a call of its own, after the text that says how they are used. */
import type { Failure } from '../../contract/failure.ts';
import type { Draft, DraftFile, Finding, PlanItem, PlannedFile } from '../../contract/plan.ts';
import { syntaxFindings } from '../../skills/rules/syntax.ts';
import { readFile } from '../answers/read-file.ts';
import { concernsOneAnswer, ENGINE_FAILURES } from '../calls/engine-failures.ts';
import { type FileTask, skillFileCall } from '../prompts/skill-file.ts';
import type { DraftingRun } from './drafting-run.ts';
import { sealDraft } from './write-draft.ts';

/** The rule of the finding on a file that could not be written. It stays true whatever becomes of the text. */
export const FILE_MISSING = 'draft.file';

/** Each file that comes makes the draft's event anew, in the same revision, so that a run that ends keeps what it has. */
export async function writeFiles(
  run: DraftingRun,
  item: PlanItem,
  draft: Draft,
): Promise<{ readonly draft: Draft; readonly findings: readonly Finding[] }> {
  const had = new Set(draft.files?.map(({ path }) => path.toLowerCase()));
  const wanted = (item.files ?? []).filter(({ path }) => !had.has(path.toLowerCase()));
  const files: DraftFile[] = [...(draft.files ?? [])];
  const findings: Finding[] = [];
  let whole = draft;
  let told = Promise.resolve();

  await Promise.all(
    wanted.map(async (file) => {
      const number = (item.files ?? []).indexOf(file) + 1;
      const written = await writeFile(run, { item, body: draft.body, file, number });
      findings.push(...written.findings);
      const { content } = written;
      if (content === undefined) return;
      files.push({ path: file.path, content });
      const now = [...files];
      // One after another: a draft with fewer files must not come last.
      told = told.then(async () => {
        whole = await sealDraft(draft, now);
        run.queue.push({ event: 'draft', data: whole });
      });
      await told;
    }),
  );
  return { draft: whole, findings };
}

interface WrittenFile {
  readonly content?: string;
  readonly findings: readonly Finding[];
}

/** With a second try where the first could not be used, or cannot be read in its language. */
async function writeFile(run: DraftingRun, task: Omit<FileTask, 'attempt' | 'orders'>): Promise<WrittenFile> {
  const first = await askFile(run, { ...task, attempt: 1, orders: [] });
  const orders = ordersFor(task.file, first);
  if (orders === undefined || run.calls.ending()) return toWritten(task.file, first, 1);
  const second = await askFile(run, { ...task, attempt: 2, orders });
  return toWritten(task.file, second.kind === 'text' ? second : first, 2);
}

type Attempt =
  | { readonly kind: 'text'; readonly content: string; readonly unwrapped: boolean }
  | { readonly kind: 'failure'; readonly failure: Failure }
  | { readonly kind: 'stopped' };

function askFile(run: DraftingRun, task: FileTask): Promise<Attempt> {
  return run.lane(async () => {
    const call = skillFileCall(run, task);
    const { path } = task.file;
    const { attempt } = task;
    const reply = await run.calls.make(call, (delta) =>
      run.queue.file({ item: task.item.id, path, attempt, delta }),
    );
    if (reply.kind === 'failure' && !concernsOneAnswer(reply.failure))
      run.calls.endAfterRunning(reply.failure);
    if (reply.kind !== 'text') return reply;

    const reading = readFile(path, reply.text);
    if (reading.kind === 'text') return { kind: 'text', content: reading.text, unwrapped: reading.unwrapped };
    const failure = reading.kind === 'refused' ? ENGINE_FAILURES.refused : ENGINE_FAILURES.empty;
    const { id, phase } = call;
    run.queue.push({
      event: 'call',
      data: { call: id, phase, item: task.item.id, state: 'failed', error: failure },
    });
    return { kind: 'failure', failure };
  });
}

/** What to tell the model for its second try; undefined: there is nothing to try again. */
function ordersFor({ path }: PlannedFile, first: Attempt): readonly string[] | undefined {
  switch (first.kind) {
    case 'stopped':
      return undefined;
    case 'failure':
      return concernsOneAnswer(first.failure) ? ['Write it shorter, under 150 lines.'] : undefined;
    case 'text': {
      const faults = syntaxFindings(path, first.content);
      if (faults.length === 0) return undefined;
      return faults.map(({ message, line }) => (line === undefined ? message : `Line ${line}: ${message}`));
    }
  }
}

function toWritten({ path }: PlannedFile, attempt: Attempt, tries: 1 | 2): WrittenFile {
  switch (attempt.kind) {
    case 'stopped':
      return { findings: [] };
    case 'failure':
      return {
        findings: [
          {
            rule: FILE_MISSING,
            severity: 'error',
            file: path,
            message: `This file was not written${tries === 2 ? ', in two tries' : ''}. ${attempt.failure.message}`,
            fix: 'Have the draft written again, or take the file out of the plan and of the text.',
          },
        ],
      };
    case 'text':
      return { content: attempt.content, findings: attempt.unwrapped ? [unwrappedFinding(path)] : [] };
  }
}

function unwrappedFinding(path: string): Finding {
  return {
    rule: 'answer.fence',
    severity: 'info',
    file: path,
    message: 'The model wrote words or a code fence around the file. That was taken off.',
  };
}
