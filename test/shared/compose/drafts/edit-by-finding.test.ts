import { describe, expect, it } from 'vitest';
import { type EditedDraft, withFinding } from '../../../../shared/compose/drafts/edit-draft.ts';
import type { Analysis, Draft, Finding, Plan } from '../../../../shared/contract/plan.ts';
import { digestOf } from '../../../../shared/hashes/sha256.ts';
import { analyzeSkill } from '../../../../shared/skills/analyze-skill.ts';
import { writeSkill } from '../../../../shared/skills/write-skill.ts';

const DESCRIPTION = 'Fetches lists from the office. Use when the user asks for a list.';
const SCORES = { specificity: 8, completeness: 8, safety: 8, goalAlignment: 8 };

async function analyzed(
  body: string,
  change: Partial<Analysis> = {},
  description = DESCRIPTION,
): Promise<EditedDraft> {
  const manifest = { name: 'get-list', description };
  const text = writeSkill(manifest, body);
  const digest = await digestOf(text);
  const draft: Draft = { item: 'i1', revision: 1, manifest, body, digest };
  const { verdict, findings, overlaps } = analyzeSkill(text);
  return {
    draft,
    analysis: { item: 'i1', digest, verdict, scores: SCORES, notes: [], findings, overlaps, ...change },
  };
}

const plan: Plan = { title: 'Lists', items: [], uncovered: [] };
const applied = (given: EditedDraft, finding: Finding) =>
  withFinding({ ...given, plan, goal: 'Get the lists of the office' }, finding);

const withEdit = ({ analysis }: EditedDraft): Finding =>
  analysis.findings.find(({ edit }) => edit !== undefined) ?? expect.fail('no finding has an edit');

describe('applying a finding', () => {
  it.each([
    [
      'a check of certificates',
      '```sh\ncurl -k https://a.example/x\n```',
      '```sh\ncurl https://a.example/x\n```',
    ],
    [
      'a forced push',
      '```sh\ngit push --force origin main\n```',
      '```sh\ngit push --force-with-lease origin main\n```',
    ],
    ['a hidden character', '1. Look\u200b at it.', '1. Look at it.'],
  ])('mends %s, and the finding is gone', async (_, before, after) => {
    const given = await analyzed(`1. Look.\n\n${before}\n`);
    const finding = withEdit(given);
    const fixed = (await applied(given, finding)) ?? expect.fail('nothing was applied');
    expect(fixed.draft.body).toBe(`1. Look.\n\n${after}\n`);
    expect(fixed.analysis.findings.filter(({ rule, edit }) => rule === finding.rule && edit)).toEqual([]);
    expect(fixed.analysis.digest).toBe(fixed.draft.digest);
    expect(fixed.draft.digest).toBe(await digestOf(writeSkill(fixed.draft.manifest, fixed.draft.body)));
  });

  it('mends the front matter too', async () => {
    const given = await analyzed('1. Look.\n', {}, `${DESCRIPTION} <b>`);
    const fixed = await applied(given, withEdit(given));
    expect(fixed?.draft.manifest.description).toBe(`${DESCRIPTION} b`);
  });

  it('does nothing to a text that is not the one analyzed', async () => {
    const given = await analyzed('```sh\ncurl -k https://a.example/x\n```\n');
    const other = { ...given, draft: { ...given.draft, body: `Changed.\n\n${given.draft.body}` } };
    expect(await applied(other, withEdit(given))).toBeUndefined();
    const beyond = { ...withEdit(given), edit: { start: 10, end: 9_999, text: '' } };
    expect(await applied(given, beyond)).toBeUndefined();
    expect(await applied(given, { ...beyond, edit: { start: 1.5, end: 3, text: '' } })).toBeUndefined();
  });

  it('refuses an edit that leaves no skill', async () => {
    const given = await analyzed('```sh\ncurl -k https://a.example/x\n```\n');
    expect(
      await applied(given, { ...withEdit(given), edit: { start: 0, end: 4, text: '' } }),
    ).toBeUndefined();
  });

  it('keeps what the critic and the run said, and its verdict with it', async () => {
    const told: Finding = { rule: 'draft.duplicate', severity: 'error', message: 'It ends in a sentence.' };
    const given = await analyzed('```sh\ncurl -k https://a.example/x\n```\n');
    const low = { ...SCORES, safety: 4 };
    const { analysis } =
      (await applied({ ...given, analysis: { ...given.analysis, scores: low } }, withEdit(given))) ??
      expect.fail('nothing was applied');
    expect(analysis).toMatchObject({ scores: low, verdict: 'review' });
    const unfinished = { ...given.analysis, findings: [told, ...given.analysis.findings] };
    const after = await applied({ ...given, analysis: unfinished }, withEdit(given));
    expect(after?.analysis.findings).toContainEqual(told);
    expect(after?.analysis.verdict).toBe('review');
  });
});
