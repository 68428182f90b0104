import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { analyzeSkill, textFindings, verdictOf } from '../../../shared/skills/analyze-skill.ts';
import { findOverlaps } from '../../../shared/skills/overlap.ts';
import { fieldsToManifest, readSkill } from '../../../shared/skills/read-skill.ts';

// Public skills and labelled hostile ones lie beside the checkout; the hostile texts do not belong into the repository.
const ROOT = fileURLToPath(new URL('../../../../shared/skills/', import.meta.url));
const missing = !existsSync(`${ROOT}manifest.json`);

interface Entry {
  readonly id: string;
  readonly dir: string;
  readonly label: 'malicious' | 'safe' | null;
}

const entries: readonly Entry[] = missing ? [] : JSON.parse(readFileSync(`${ROOT}manifest.json`, 'utf8'));
const textOf = ({ dir }: Entry): string => readFileSync(`${ROOT}${dir}/SKILL.md`, 'utf8');
const verdict = (entry: Entry) => {
  const scripts = readdirSync(ROOT + entry.dir).filter((name) => name.endsWith('.py'));
  const beside = scripts.flatMap((name) =>
    textFindings(readFileSync(`${ROOT}${entry.dir}/${name}`, 'utf8'), 1, true),
  );
  return verdictOf([...analyzeSkill(textOf(entry)).findings, ...beside]);
};

if (missing) console.info('skipped: there is no ../shared/skills beside the checkout');

describe.skipIf(missing)('the analysis of public skills', () => {
  it('passes at least 96 in 100 of the harmless ones', () => {
    const harmless = entries.filter(({ label }) => label !== 'malicious');
    const others = harmless.filter((entry) => verdict(entry) !== 'pass').map(({ id }) => id);
    // Both break the specification: a description of more than 1,024 characters, and no front matter at all.
    expect(others).toEqual(['anthropics--claude-api', 'cisco-ai-defense--atr-benign-control']);
    expect(harmless.length).toBe(63);
    expect(1 - others.length / harmless.length).toBeGreaterThanOrEqual(0.96);
  });

  it('flags six of the seven labelled hostile ones, the open attack as blocked', () => {
    const hostile = entries.filter(({ label }) => label === 'malicious');
    // The one that is missed joins paths in Python without a check: a fault of code, not of a text.
    expect(hostile.filter((entry) => verdict(entry) === 'pass').map(({ id }) => id)).toEqual([
      'cisco-ai-defense--file-reader',
    ]);
    const open = hostile.filter(({ id }) => id.includes('prompt-injection'));
    expect(open.map(verdict)).toEqual(['block']);
  });

  it('gives at most one critical finding in a hundred harmless skills', () => {
    const critical = entries.filter(
      (entry) =>
        entry.label === null &&
        analyzeSkill(textOf(entry)).findings.some(({ severity }) => severity === 'critical'),
    );
    expect(critical).toEqual([]);
  });

  it('reads the front matter of every one that has any', () => {
    const unread = entries.filter((entry) => !readSkill(textOf(entry)).ok).map(({ id }) => id);
    expect(unread.toSorted()).toEqual([
      'cisco-ai-defense--atr-benign-control',
      'cisco-ai-defense--flowise-cve-2025-59528',
    ]);
  });

  it('finds few of them alike', () => {
    const published = entries.flatMap((entry) => {
      const reading = readSkill(textOf(entry));
      const manifest = reading.ok ? fieldsToManifest(reading.file.fields) : undefined;
      return manifest ? [{ ...manifest, owner: entry.id, version: '1.0.0' }] : [];
    });
    const alike = published.filter((skill) =>
      findOverlaps(skill, [], published).some(({ name }) => name !== skill.name),
    );
    expect(published.length).toBeGreaterThan(55);
    expect(alike.length).toBeLessThanOrEqual(3);
    // Each finds itself, so that the search does not lose what is most alike.
    for (const skill of published)
      expect(findOverlaps(skill, [], published)[0], skill.name).toMatchObject({ name: skill.name, score: 1 });
  });
});
