import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { analyzeSkill, fileFindings } from '../../../shared/skills/analyze-skill.ts';
import { findOverlaps } from '../../../shared/skills/overlap.ts';
import { fieldsToManifest, readSkill } from '../../../shared/skills/read-skill.ts';
import { verdictOf } from '../../../shared/skills/verdict.ts';

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
    fileFindings(name, readFileSync(`${ROOT}${entry.dir}/${name}`, 'utf8')),
  );
  return verdictOf([...analyzeSkill(textOf(entry)).findings, ...beside]);
};

if (missing) console.info('skipped: there is no ../shared/skills beside the checkout');

/** Every second skill was looked at while the rules were written; the others were not. */
const share = (some: readonly Entry[]): { readonly stopped: readonly string[]; readonly percent: number } => {
  const stopped = some.filter((entry) => verdict(entry) !== 'pass').map(({ id }) => id);
  return { stopped, percent: (100 * stopped.length) / Math.max(1, some.length) };
};
const isHeldOut = (_: Entry, index: number): boolean => index % 2 === 1;

describe.skipIf(missing)('the analysis of public skills', () => {
  const harmless = entries.filter(({ label }) => label !== 'malicious');
  const hostile = entries.filter(({ label }) => label === 'malicious');

  it('stops at most 3 in 100 of the harmless ones, and 75 in 100 of the hostile ones', () => {
    const parts = { all: () => true, 'held out': isHeldOut };
    for (const [name, part] of Object.entries(parts)) {
      const wrong = share(harmless.filter(part));
      const right = share(hostile.filter(part));
      console.info(
        `${name}: ${wrong.percent.toFixed(1)} % of harmless skills stopped, ${right.percent.toFixed(1)} % of hostile ones`,
      );
    }
    // Three hostile skills are held out, too few for a share: cases/hostile.ts has more.
    expect(share(hostile).percent).toBeGreaterThanOrEqual(75);
    expect(share(harmless).percent).toBeLessThanOrEqual(3);
    // No front matter at all: no client loads it.
    expect(share(harmless).stopped).toEqual(['cisco-ai-defense--atr-benign-control']);
  });

  it('misses only the fault of code in the labelled hostile ones, and blocks the open attack', () => {
    // It joins paths in Python without a check.
    expect(hostile.filter((entry) => verdict(entry) === 'pass').map(({ id }) => id)).toEqual([
      'cisco-ai-defense--file-reader',
    ]);
    expect(hostile.filter(({ id }) => id.includes('prompt-injection')).map(verdict)).toEqual(['block']);
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
