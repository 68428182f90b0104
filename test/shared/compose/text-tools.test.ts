import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draftBody } from '../../../shared/compose/draft-body.ts';
import { estimateTokens } from '../../../shared/compose/estimate-tokens.ts';
import { fence, fenced } from '../../../shared/compose/fence.ts';
import { oneLine } from '../../../shared/compose/one-line.ts';
import { classificationAnswer } from '../../../shared/compose/prompts/classification.ts';
import { slugify, uniqueName } from '../../../shared/compose/slugify.ts';
import { parseStructured } from '../../../shared/compose/structured-answer.ts';
import { SKILL_NAME } from '../../../shared/contract/plan.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .array(fc.constantFrom('</goal>', '<goal>', '</GOAL', '\n', '<', '/', '\\', 'goal', ' '), { maxLength: 12 })
    .map((parts) => parts.join('')),
);

describe('fence', () => {
  it('gives back what was put in, whatever it holds', () => {
    // `<\/` is how a broken tag looks, so that it comes back as `</`; no other text changes.
    fc.assert(
      fc.property(
        anyText.filter((text) => !text.includes('<\\/')),
        (text) => fenced('goal', `before\n${fence('goal', text)}\nafter`) === text,
      ),
    );
  });

  it('cannot be closed from inside', () => {
    fc.assert(fc.property(anyText, (text) => fence('goal', text).match(/<\/goal\b/gi)?.length === 1));
  });

  it('holds JSON that is still JSON', () => {
    fc.assert(
      fc.property(anyText, (text) => JSON.parse(fenced('notes', fence('notes', JSON.stringify([text, '</notes>']))) ?? '')[0] === text),
    );
  });
});

describe('slugify', () => {
  it('gives a valid name or nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (text) => {
        const slug = slugify(text);
        return slug === '' || (SKILL_NAME.test(slug) && slug.length <= 64);
      }),
    );
  });

  it('leaves a valid name as it is', () => {
    fc.assert(fc.property(fc.stringMatching(/^[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,5}$/), (name) => slugify(name) === name));
  });

  it.each([
    ['Réconcilier les Relevés', 'reconcilier-les-releves'],
    ['../../etc/passwd', 'etc-passwd'],
    ['--Big__Name--', 'big-name'],
    ['ﬁle report ①', 'file-report-1'],
    ['日本語', ''],
  ])('makes %s into %s', (text, name) => expect(slugify(text)).toBe(name));

  it('finds a free name that is still valid, also for the longest', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z](-?[a-z]){0,60}$/), fc.integer({ min: 1, max: 12 }), (name, count) => {
        const taken = new Set<string>();
        for (let n = 0; n < count; n += 1) taken.add(uniqueName(name.slice(0, 64).replace(/-$/, ''), taken));
        return taken.size === count && [...taken].every((each) => SKILL_NAME.test(each) && each.length <= 64);
      }),
    );
  });
});

describe('draftBody', () => {
  it.each([
    ['a fence around the whole', '```markdown\n# A\n\ntext\n```', '# A\n\ntext\n'],
    ['front matter', '---\nname: evil\ndescription: x\n---\n# A', '# A\n'],
    ['both', '```md\n---\nname: a\n---\n\n# A\n```\n', '# A\n'],
    ['thoughts', '<think>\nI should\n</think>\n# A', '# A\n'],
    ['Windows line ends, control characters and blank ends', '\r\n# A\r\n\x1b[31mred\x00\r\n\r\n', '# A\n[31mred\n'],
    ['half a surrogate pair', '# A \ud800', '# A \ufffd\n'],
  ])('takes off %s', (_what, answer, body) => expect(draftBody(answer)).toBe(body));

  it.each([
    ['two code blocks at its ends', '```sh\nls\n```\n\nand\n\n```sh\npwd\n```\n'],
    ['a line of dashes at its top', '---\nA note.\n---\n\n# A\n'],
  ])('leaves %s alone', (_what, body) => expect(draftBody(body)).toBe(body));

  it('is the same when done twice', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        (text) => draftBody(`# A ${text}`) === draftBody(draftBody(`# A ${text}`)),
      ),
    );
  });
});

describe('parseStructured', () => {
  it('never throws and never repeats the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
        const parsed = parseStructured(`{"kind": 1, "x": ${text}`, classificationAnswer);
        if (!parsed.ok) for (const problem of parsed.problems) expect(problem).toMatch(/^[\w .,:]+$/);
      }),
    );
  });

  it('refuses what nests deeper than an answer ever does, also where nobody looks', () => {
    const value = { kind: 'single', summary: 'S', capabilities: [{ id: 'c1', need: 'x' }], constraints: [], assumptions: [] };
    const deep = JSON.stringify({ ...value, more: JSON.parse('['.repeat(20) + ']'.repeat(20)) });
    expect(parseStructured(deep, classificationAnswer)).toEqual({ ok: false, problems: ['It nests too deep.'] });
    expect(parseStructured(JSON.stringify({ ...value, more: [[]] }), classificationAnswer)).toEqual({ ok: true, value });
  });

  it('counts braces outside of strings only', () => {
    const value = {
      kind: 'single',
      summary: '{{{{{{{{{{{{{{{{ "[[[[[[[ \\',
      capabilities: [{ id: 'c1', need: 'x' }],
      constraints: [],
      assumptions: [],
    };
    expect(parseStructured(JSON.stringify(value), classificationAnswer)).toEqual({ ok: true, value });
  });
});

describe('oneLine', () => {
  it('is one well-formed line within its length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.integer({ min: 2, max: 100 }), (text, max) => {
        const line = oneLine(text, max);
        expect(line.length).toBeLessThanOrEqual(max);
        expect(line).not.toMatch(/[\n\r\0]/);
        expect(new TextDecoder().decode(new TextEncoder().encode(line))).toBe(line);
      }),
    );
  });
});

describe('estimateTokens', () => {
  it('is a quarter of the UTF-8 bytes', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => estimateTokens(text) === new TextEncoder().encode(text).length / 4));
  });
});
