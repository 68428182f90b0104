import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { judgeSkill } from '../../../../shared/registry/judge-skill.ts';
import { analyzeSkill } from '../../../../shared/skills/analyze-skill.ts';
import { fieldsToManifest, readSkill } from '../../../../shared/skills/read-skill.ts';
import { writeSkill } from '../../../../shared/skills/write-skill.ts';
import { timesOf } from '../../../full.ts';
import { createWorkCounter } from './counted-work.ts';
import { missing, mutatedText, realSkills, repeatable } from './mutations.ts';

/** What anybody may have written into a SKILL.md: it is read or refused with a line, never with a crash, and in time. */

const lineCount = (text: string): number => text.split(/\r\n|\r|\n/).length;

describe.skipIf(missing)('mutations of real skills', () => {
  it('are read into their parts, or refused at a line that is there', () => {
    fc.assert(
      fc.property(mutatedText, (text) => {
        const reading = readSkill(text);
        if (!reading.ok) {
          expect(reading.finding.message).toMatch(/\.$/);
          expect(reading.finding.line ?? 1).toBeLessThanOrEqual(lineCount(text));
          return;
        }
        const { header, body, bodyLine, fields } = reading.file;
        expect(header + body).toBe(text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'));
        expect(bodyLine).toBe(header.split('\n').length);
        expect(Object.getPrototypeOf(fields)).toBe(Object.prototype);
        // what was read as a manifest is read as the same when we write it
        const manifest = fieldsToManifest(fields);
        if (!manifest) return;
        const again = readSkill(writeSkill(manifest, body));
        expect(again.ok && fieldsToManifest(again.file.fields)).toEqual(manifest);
      }),
      { numRuns: timesOf(400, 6_000) },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('are judged, with every finding at a line of its file and no more than it holds', () => {
    fc.assert(
      fc.property(mutatedText, (text) => {
        const { verdict, findings } = judgeSkill([
          { path: 'SKILL.md', content: text },
          { path: 'scripts/run.sh', content: text },
          { path: 'scripts/run.py', content: text },
          { path: 'references/more.md', content: text },
        ]);
        expect(['pass', 'review', 'block']).toContain(verdict);
        const lines = lineCount(text);
        for (const { line = 1, message, evidence = '' } of findings) {
          expect(line).toBeGreaterThan(0);
          expect(line).toBeLessThanOrEqual(lines);
          expect(message.length + evidence.length).toBeLessThan(2000);
        }
      }),
      { numRuns: timesOf(150, 1_000) },
    );
  });

  describe('made long', async () => {
    const counter = await createWorkCounter(['/shared/skills/', '/node_modules/yaml/']);
    afterAll(() => counter.stop());
    const body = realSkills[0]?.[0]?.content ?? '';

    it.each([
      ['the front matter', (long: string) => `---\nname: a\ndescription: ${long}\n---\n\n# A\n`, 16_000],
      ['the body', (long: string) => `${body}\n${long}`, 60_000],
      ['a code block', (long: string) => `${body}\n\`\`\`sh\n${long}\n\`\`\`\n`, 60_000],
    ] as const)('cost no more than twice the work for twice the length in %s', async (_, textOf, chars) => {
      const workOf = (piece: string, length: number): Promise<number> =>
        counter.count(() => analyzeSkill(textOf(piece.repeat(Math.ceil(length / piece.length)))));
      await fc.assert(
        fc.asyncProperty(repeatable, async (piece) => {
          const [half, whole] = [await workOf(piece, chars / 2), await workOf(piece, chars)];
          // the square would be four times as much
          expect(whole).toBeLessThan(half * 3 + 20_000);
        }),
        { numRuns: timesOf(25, 200) },
      );
    });
  });
});
