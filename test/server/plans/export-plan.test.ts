import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { exportPlan } from '../../../server/plans/export-plan.ts';
import { type SavedPlan, savedPlan } from '../../../shared/contract/saved-plan.ts';
import { readSkill } from '../../../shared/skills/read-skill.ts';
import { finishedPlan } from './plan-fixture.ts';

function saved(change: Partial<SavedPlan> = {}): SavedPlan {
  const times = { createdAt: '2026-11-21T10:00:00.000Z', updatedAt: '2026-11-21T11:00:00.000Z' };
  return { ...finishedPlan(), id: 'p', rev: 1, title: 'Weekly release notes', ...times, ...change };
}

function withNames(names: string[]): SavedPlan {
  const [draft] = finishedPlan().drafts;
  if (draft === undefined) throw new Error('the fixture has drafts');
  return saved({ drafts: names.map((name) => ({ ...draft, manifest: { ...draft.manifest, name } })) });
}

function bytes(body: string | Uint8Array): Uint8Array {
  return typeof body === 'string' ? new TextEncoder().encode(body) : body;
}

describe('exportPlan', () => {
  it('packs a folder for each skill, whose SKILL.md reads back', () => {
    const file = exportPlan(saved(), 'zip');
    expect(file).toMatchObject({ name: 'weekly-release-notes.zip', type: 'application/zip' });
    const entries = unzipSync(bytes(file.body));
    expect(Object.keys(entries)).toEqual(['collect-prs/SKILL.md', 'write-notes/SKILL.md']);
    const skill = readSkill(strFromU8(entries['collect-prs/SKILL.md'] ?? new Uint8Array()));
    expect(skill).toMatchObject({ ok: true, file: { fields: { name: 'collect-prs' } } });
  });

  it('has the files beside a SKILL.md, packed in its folder and fenced in the Markdown', () => {
    const [draft, ...others] = finishedPlan().drafts;
    if (!draft) throw new Error('the fixture has drafts');
    const files = [{ path: 'scripts/count.mjs', content: "console.log('`');\n" }];
    const plan = saved({ drafts: [{ ...draft, files }, ...others] });
    expect(savedPlan.parse(plan).drafts[0]?.files).toEqual(files);
    expect(Object.keys(unzipSync(bytes(exportPlan(plan, 'zip').body)))).toContain(
      'collect-prs/scripts/count.mjs',
    );
    expect(exportPlan(plan, 'markdown').body).toContain(
      "### collect-prs/scripts/count.mjs\n\n```mjs\nconsole.log('`');\n```",
    );
  });

  it('packs how a skill is tried as evals/ beside it, which its Markdown and a plan without any have not', () => {
    const evals = [{ item: 'i1', load: ['Collect them'], skip: ['Write them up'] }];
    const plan = saved({ evals });
    expect(Object.keys(unzipSync(bytes(exportPlan(plan, 'zip').body)))).toEqual([
      ...['collect-prs/SKILL.md', 'collect-prs/evals/trigger-evals.json', 'write-notes/SKILL.md'],
    ]);
    expect(exportPlan(plan, 'markdown').body).toBe(exportPlan(saved(), 'markdown').body);
  });

  it('packs the skills too that the plan reuses, as they were signed', () => {
    const texts = [
      { path: 'SKILL.md', content: '---\nname: log-changes\ndescription: "Logs changes."\n---\n# Log\n' },
      { path: 'scripts/log.mjs', content: 'log();\n' },
      { path: 'skill.oms.sig', content: '{}' },
    ];
    const entries = unzipSync(bytes(exportPlan(saved(), 'zip', [{ name: 'log-changes', texts }]).body));
    for (const { path, content } of texts)
      expect(strFromU8(entries[`log-changes/${path}`] ?? new Uint8Array())).toBe(content);
    expect(Object.keys(entries)).toHaveLength(5);
  });

  it('gives equal bytes for an equal plan', () => {
    expect(
      Buffer.from(bytes(exportPlan(saved(), 'zip').body)).equals(
        Buffer.from(bytes(exportPlan(saved(), 'zip').body)),
      ),
    ).toBe(true);
  });

  it('avoids device names and two folders of one name', () => {
    const entries = unzipSync(
      bytes(exportPlan(withNames(['con', 'twin', 'twin', 'twin-2', 'com1']), 'zip').body),
    );
    expect(Object.keys(entries)).toEqual([
      'con-skill/SKILL.md',
      'twin/SKILL.md',
      'twin-2/SKILL.md',
      'twin-2-2/SKILL.md',
      'com1-skill/SKILL.md',
    ]);
  });

  it('writes one Markdown file in which no skill ends its fence', () => {
    const plan = withNames(['fencer']);
    const [draft] = plan.drafts;
    const file = exportPlan(
      { ...plan, drafts: draft === undefined ? [] : [{ ...draft, body: '````\ncode\n````\n' }] },
      'markdown',
    );
    const text = String(file.body);
    expect(text).toContain('# Weekly release notes\n\n> Turn merged');
    expect(text).toContain('`````markdown\n---\nname: fencer');
    expect(text.endsWith('`````\n')).toBe(true);
  });

  it('writes JSON that reads back', () => {
    expect(savedPlan.parse(JSON.parse(String(exportPlan(saved(), 'json').body)))).toEqual(saved());
  });

  it('names the download plainly, whatever the title is', () => {
    for (const [title, name] of [
      ['../../etc/passwd', 'etc-passwd.json'],
      ['"; evil=', 'evil.json'],
      ['مرحبا', 'plan.json'],
      ['CON', 'con-skill.json'],
      ['a\r\nx: y', 'a-x-y.json'],
    ]) {
      expect(exportPlan(saved({ title: title ?? '' }), 'json').name).toBe(name);
    }
  });
});
