import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { validate } from 'skills-ref';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BUILTIN_CATALOG } from '../../../shared/compose/builtin-catalog.ts';
import type { Manifest } from '../../../shared/contract/plan.ts';
import { analyzeSkill } from '../../../shared/skills/analyze-skill.ts';
import { writeSkill } from '../../../shared/skills/write-skill.ts';
import { runCompose } from '../compose/run-compose.ts';
import { createScriptedAsk, planOf } from '../compose/scripted-ask.ts';

/** Skills as we write them: what the engine drafts, what the catalogue ships, and manifests that tempt YAML. */
const skills = new Map<string, string>();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'skills-'));
  const plan = planOf(['write-labels', 'Remind: Borrowers!', '数える']);
  const model = createScriptedAsk(({ id }) =>
    id === 'plan' ? { deltas: [JSON.stringify(plan)] } : undefined,
  );
  const run = await runCompose(model, { options: { license: 'MIT' } });
  const tricky: Manifest = {
    name: 'tricky-yaml',
    description: 'Says "yes: no" # and \'quotes\', 12:30 and {braces}. Use when: never — or always.',
    license: 'CC-BY-4.0',
    compatibility: 'Needs git: 2.40 or newer',
    allowedTools: ['Bash(git diff:*)', 'Read'],
    metadata: { version: '1.0', on: 'true', list: '- a' },
  };
  const written: readonly (readonly [Manifest, string])[] = [
    ...run.of('draft').map(({ manifest, body }) => [manifest, body] as const),
    ...BUILTIN_CATALOG.map(
      ({ name, description, body }) => [{ name, description, license: 'MIT' }, body ?? ''] as const,
    ),
    [tricky, '# T\n\n---\n\n1. Look.'],
  ];
  for (const [manifest, body] of written) {
    skills.set(manifest.name, writeSkill(manifest, body));
    await mkdir(join(folder, manifest.name));
    await writeFile(join(folder, manifest.name, 'SKILL.md'), skills.get(manifest.name) ?? '');
  }
});

afterAll(() => rm(folder, { recursive: true, force: true }));

it('the reference validator finds nothing wrong with what we write', async () => {
  expect(skills.size).toBe(9);
  for (const name of skills.keys()) expect(await validate(join(folder, name)), name).toEqual([]);
});

it('skill-check finds no error in what we write', async () => {
  const command = fileURLToPath(
    new URL('../../../node_modules/skill-check/bin/skill-check.js', import.meta.url),
  );
  const { stdout } = await promisify(execFile)(process.execPath, [
    command,
    'check',
    folder,
    '--no-security-scan',
    '--format',
    'json',
  ]);
  const report: { summary: Record<string, number> } = JSON.parse(stdout);
  expect(report.summary).toMatchObject({ errorCount: 0, skillCount: 9 });
});

it('our own analysis passes what we write', () => {
  for (const [name, text] of skills) expect(analyzeSkill(text, { files: [] }).verdict, name).toBe('pass');
});

it('the catalogue’s skills give our analysis nothing to say, beside each other', () => {
  for (const skill of BUILTIN_CATALOG) {
    const siblings = BUILTIN_CATALOG.filter((other) => other !== skill);
    expect(analyzeSkill(skills.get(skill.name) ?? '', { files: [], siblings }), skill.name).toEqual({
      verdict: 'pass',
      findings: [],
      overlaps: [],
    });
  }
});
