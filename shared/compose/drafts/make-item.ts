/** One item's way from its first draft on: analyzed, and revised once when the critic or the rules found that something must be done. */
import type { EventData } from '../../contract/events.ts';
import type { Analysis, Draft, Finding, Note, PlanItem } from '../../contract/plan.ts';
import { sayIn } from '../../skills/words/say-in.ts';
import { analyzeDraft } from './analyze-draft.ts';
import { withFittingPatches } from './apply-patches.ts';
import { defectsOf } from './defects.ts';
import { type DraftingRun, surroundingsOf } from './drafting-run.ts';
import type { MadeDraft } from './first-draft.ts';
import { openNotes } from './open-notes.ts';
import { type Revised, revise } from './revise.ts';
import { FILE_MISSING } from './write-files.ts';

// Marks of six for specificity or completeness are a matter of taste. For safety and the fit to the goal they are not enough.
const MUST_REACH = 7;
const USUAL_REDRAFT_BELOW = 6;
const MAX_FAULTS = 8;

/** Ends with the `draft` and `analysis` of the revision that is kept: the last ones of an item count. */
export async function analyzeItem(run: DraftingRun, item: PlanItem, made: MadeDraft): Promise<void> {
  const asked = run.known.notes.get(item.id) ?? [];
  if (asked.length > 0) return workIn(run, item, made, asked);

  const analysis = await analyze(run, item, made.draft, made.findings);
  run.queue.push({ event: 'analysis', data: analysis });
  // A body that the user brought is judged, and changed only by notes of the user.
  if (run.known.bodies.has(item.id) || run.calls.ending()) return;
  const notes = notesToWorkIn(analysis, run.options.redraftBelow ?? USUAL_REDRAFT_BELOW);
  if (notes.length === 0) return;

  const revised = await revise(run, item, made.draft, notes);
  if (revised.kind === 'revised') {
    const again = await analyze(run, item, revised.draft, stillTrue(run, item, made.findings, revised.draft));
    if (isBetter(again, analysis)) {
      tellRevision(run, made.draft, revised);
      run.bodies.set(item.name, revised.draft.body);
      run.queue.push({ event: 'draft', data: revised.draft });
      run.queue.push({
        event: 'analysis',
        data: {
          ...again,
          notes: withFittingPatches(
            openNotes(analysis.notes, revised.notes, again.notes),
            revised.draft.body,
          ),
        },
      });
      return;
    }
  }
  // The text of the revision may have been streamed already, so that the first draft is sent again as the one that stays.
  run.queue.push({ event: 'draft', data: made.draft });
  run.queue.push({ event: 'analysis', data: withFinding(analysis, revised, run.goal) });
}

/** Works the user's own notes into a draft and judges the result. The result is kept, whatever the critic says of it. */
async function workIn(
  run: DraftingRun,
  item: PlanItem,
  { draft, findings }: MadeDraft,
  asked: readonly string[],
): Promise<void> {
  const notes = asked.map((text): Note => ({ text, must: true }));
  const revised = await revise(run, item, draft, notes);
  const kept = revised.kind === 'revised' ? revised.draft : draft;
  if (revised.kind === 'revised') {
    tellRevision(run, draft, revised);
    run.bodies.set(item.name, kept.body);
  }
  run.queue.push({ event: 'draft', data: kept });
  const analysis = await analyze(run, item, kept, findings);
  run.queue.push({
    event: 'analysis',
    data: revised.kind === 'revised' ? analysis : withFinding(analysis, revised, run.goal),
  });
}

function tellRevision(run: DraftingRun, before: Draft, revised: Extract<Revised, { kind: 'revised' }>): void {
  const { draft, by, notes } = revised;
  const { item, revision, body } = draft;
  const files = changedFiles(before, draft);
  run.queue.push({
    event: 'revision',
    data: {
      ...{ item, revision, by, notes: [...notes], before: before.body, after: body },
      ...(files.length > 0 && { files }),
    },
  });
}

/** Files whose text is another one now. */
function changedFiles(before: Draft, after: Draft): NonNullable<EventData<'revision'>['files']> {
  const known = new Map(before.files?.map(({ path, content }) => [path, content]));
  return (after.files ?? []).flatMap(({ path, content }) => {
    const old = known.get(path) ?? '';
    return old === content ? [] : [{ path, before: old, after: content }];
  });
}

function analyze(
  run: DraftingRun,
  item: PlanItem,
  draft: Draft,
  findings: readonly Finding[],
): Promise<Analysis> {
  const { goal, intent, plan, several } = run;
  return analyzeDraft({ goal, intent, plan, several, item, draft, findings }, run.catalog, run.calls);
}

/** Findings that are still true of the revision: a defect that it has mended is left out. */
function stillTrue(
  run: DraftingRun,
  item: PlanItem,
  findings: readonly Finding[],
  draft: Draft,
): readonly Finding[] {
  const defects = defectsOf(draft.body, surroundingsOf(run, item));
  return findings.filter(
    ({ rule, severity }) =>
      severity !== 'error' || rule === FILE_MISSING || defects.some((defect) => defect.rule === rule),
  );
}

/** What must be done, as notes: when marks are too low, all notes, and where there are none the low mark itself. */
function notesToWorkIn(analysis: Analysis, below: number): readonly Note[] {
  const faults = faultsOf(analysis);
  const musts = analysis.notes.filter(({ must }) => must);
  const low = lowMarks(analysis, below);
  if (low.length === 0) return [...musts, ...faults];
  const notes = [...analysis.notes, ...faults];
  return notes.length > 0
    ? notes
    : low.map((name) => ({
        text: `The reviewer found it weak in ${name}. Find out where, and repair that.`,
        must: true,
      }));
}

const MARK_NAMES = {
  specificity: 'specificity',
  completeness: 'completeness',
  safety: 'safety',
  goalAlignment: 'its fit to the goal',
} as const;

function lowMarks({ scores }: Analysis, below: number): readonly string[] {
  if (scores === null) return [];
  const { specificity, completeness, safety, goalAlignment } = scores;
  const must = Math.max(below, MUST_REACH);
  const marks = [
    [MARK_NAMES.specificity, specificity < below],
    [MARK_NAMES.completeness, completeness < below],
    [MARK_NAMES.safety, safety < must],
    [MARK_NAMES.goalAlignment, goalAlignment < must],
  ] as const;
  return marks.flatMap(([name, low]) => (low ? [name] : []));
}

/** What the rules found, but not what a second try failed to mend: a third one would fail too. */
function faultsOf({ findings }: Analysis): readonly Note[] {
  return findings
    .filter(
      ({ severity, rule }) => (severity === 'error' || severity === 'critical') && !rule.startsWith('draft.'),
    )
    .map(({ file = 'the SKILL.md', line, message, fix }) => ({
      text: `${message} ${fix ?? ''}`.trim(),
      must: true,
      ...(line === undefined ? {} : { where: `Line ${line} of ${file}` }),
    }))
    .slice(0, MAX_FAULTS);
}

const RANK = { pass: 2, review: 1, block: 0 } as const;
/** Marks of one and the same text differ by this much when it is judged twice. */
const NOISE_OF_ONE = 1;
const NOISE_OF_ALL = 2;

/**
 * A milder verdict wins. With the same verdict the revision wins unless its marks are clearly lower; one without marks never replaces one
 * with marks.
 */
function isBetter(second: Analysis, first: Analysis): boolean {
  if (second.verdict !== first.verdict) return RANK[second.verdict] > RANK[first.verdict];
  if (second.scores === null) return false;
  if (first.scores === null) return true;
  const { safety, goalAlignment } = first.scores;
  return (
    second.scores.safety >= safety - NOISE_OF_ONE &&
    second.scores.goalAlignment >= goalAlignment - NOISE_OF_ONE &&
    sum(second) >= sum(first) - NOISE_OF_ALL
  );
}

function sum({ scores }: Analysis): number {
  return Object.values(scores ?? {}).reduce((total, score) => total + score, 0);
}

/** Adds a finding that says why a revision was not taken. */
function withFinding(analysis: Analysis, revised: Revised, goal: string): Analysis {
  if (revised.kind === 'stopped') return analysis;
  const why =
    revised.kind === 'refused'
      ? revised.why
      : 'It was judged no better than the text that it was to replace.';
  const finding: Finding = {
    rule: 'revision.dropped',
    severity: 'info',
    message: `A revision was written and not taken. ${why}`,
    fix: 'Work the notes in by hand, or ask for them again.',
  };
  return { ...analysis, findings: [...analysis.findings, ...sayIn(goal, [finding])] };
}
