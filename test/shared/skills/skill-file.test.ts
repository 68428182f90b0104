import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../../shared/contract/plan.ts';
import { digestOf } from '../../../shared/hashes/sha256.ts';
import { fieldsToManifest, readSkill, splitTools } from '../../../shared/skills/read-skill.ts';
import { normalizeBody } from '../../../shared/skills/skill-body.ts';
import { writeSkill } from '../../../shared/skills/write-skill.ts';

const tricky = fc.constantFrom(
  'on',
  'no',
  'null',
  '~',
  '1_000',
  '12:30:45',
  '0o7',
  '2026-01-01',
  '1e3',
  'a: b',
  '# x',
  '---',
  '- a',
  '*a',
  '&a',
  '!!str x',
  '{a',
  "it's",
  'say "x"',
  'back\\slash',
  'x:',
  '%a',
  '@a',
  '`a`',
  '|',
  '>',
  'é',
  '日本語',
  '👩‍👩‍👧',
);
const text = (max: number) =>
  fc
    .oneof(tricky, fc.string({ unit: 'grapheme', minLength: 1, maxLength: max }))
    .map((value) => value.slice(0, max));
const name = fc.oneof(
  fc.constantFrom('on', 'null', 'yes', '12', '1e3', '0x1f'),
  fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,4}$/),
);
const tool = fc.constantFrom('Read', 'Bash(git diff:*)', 'Bash(npm run test)', 'mcp__files__read');
const manifest: fc.Arbitrary<Manifest> = fc.record(
  {
    name,
    description: text(200).filter((value) => value.trim() !== ''),
    license: text(40),
    compatibility: text(80),
    allowedTools: fc.array(tool, { minLength: 1, maxLength: 4 }),
    metadata: fc.dictionary(fc.stringMatching(/^[a-z][a-z_]{0,9}$/), text(30), { minKeys: 1, maxKeys: 4 }),
  },
  { requiredKeys: ['name', 'description'] },
);
const body = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc
    .array(fc.constantFrom('---', '', '# A', '```', 'x: y', '\r'), { maxLength: 8 })
    .map((lines) => lines.join('\n')),
);

describe('writeSkill and readSkill', () => {
  it('give back every manifest and every body', () => {
    fc.assert(
      fc.property(manifest, body, (given, markdown) => {
        const reading = readSkill(writeSkill(given, markdown));
        if (!reading.ok) throw new Error(reading.finding.rule);
        expect(fieldsToManifest(reading.file.fields)).toEqual(given);
        expect(reading.file.body).toBe(normalizeBody(markdown));
      }),
      { numRuns: 500 },
    );
  });

  it('count lines as an editor does', () => {
    const skill = writeSkill({ name: 'a-b', description: 'D', metadata: { x: 'y' } }, '# T\n\nlast');
    const reading = readSkill(skill);
    if (!reading.ok) throw new Error(reading.finding.rule);
    expect(skill.split('\n')[reading.file.bodyLine - 1]).toBe('# T');
    expect(reading.file.fieldLines.get('description')).toBe(3);
  });

  it('write the fields in the specification’s order, tools as one string', () => {
    const skill = writeSkill(
      {
        metadata: { v: '1' },
        allowedTools: ['Read', 'Bash(git log:*)'],
        compatibility: 'c',
        license: 'MIT',
        description: 'Does: it',
        name: 'a',
      },
      'x',
    );
    expect(skill).toBe(
      '---\nname: a\ndescription: "Does: it"\nlicense: MIT\ncompatibility: c\nallowed-tools: Read Bash(git log:*)\nmetadata:\n  v: "1"\n---\n\nx\n',
    );
  });

  it('quote what a YAML 1.1 parser would take for another type', () => {
    expect(writeSkill({ name: 'no', description: '12:30' }, 'x')).toContain(
      'name: "no"\ndescription: "12:30"\n',
    );
  });
});

describe('readSkill', () => {
  it.each([
    ['no front matter', '# Only a title', 'spec.frontmatter.missing'],
    ['front matter without an end', '---\nname: a\n', 'spec.frontmatter.missing'],
    [
      'a colon that was not quoted',
      '---\nname: a\ndescription: Use when: x: y\n---\n',
      'spec.frontmatter.yaml',
    ],
    [
      'front matter that calls itself JavaScript',
      '---js\n{ name: (globalThis.PWNED = 1, "x") }\n---\nbody',
      'spec.frontmatter.missing',
    ],
    ['a list', '---\n- a\n---\n', 'spec.frontmatter.yaml'],
    ['the same field twice', '---\nname: a\nname: b\n---\n', 'spec.frontmatter.yaml'],
    ['an alias', '---\na: &x [1]\nb: *x\n---\n', 'spec.frontmatter.yaml'],
    [
      'a billion laughs',
      `---\na: &a [1]\n${[...'bcdefghij'].map((letter, index) => `${letter}: &${letter} [${Array(9).fill(`*${'abcdefghi'[index]}`).join(',')}]`).join('\n')}\n---\n`,
      'spec.frontmatter.yaml',
    ],
    ['brackets without end', `---\na: ${'['.repeat(5000)}\n---\n`, 'spec.frontmatter.size'],
    ['lists in lists', `---\n${'- '.repeat(5000)}a\n---\n`, 'spec.frontmatter.size'],
    [
      'a metadata of 20 KB',
      `---\nname: a\nmetadata:\n  x: ${'y'.repeat(20_000)}\n---\n`,
      'spec.frontmatter.size',
    ],
    ['a million characters', `---\nname: a\n---\n${'x'.repeat(1_000_000)}`, 'spec.size'],
  ])('refuses %s', (_what, text, rule) => {
    expect(readSkill(text)).toMatchObject({ ok: false, finding: { rule } });
    expect(globalThis).not.toHaveProperty('PWNED');
  });

  it('does not build objects out of YAML tags', () => {
    const reading = readSkill(
      '---\nname: !!js/function "() => 1"\ndescription: !<tag:yaml.org,2002:binary> aGk=\n---\nx',
    );
    if (!reading.ok) throw new Error(reading.finding.rule);
    expect(Object.values(reading.file.fields).every((value) => typeof value === 'string')).toBe(true);
  });

  it('does not let a field change the prototype of objects', () => {
    const reading = readSkill('---\n__proto__: {polluted: "yes"}\nname: a\n---\nx');
    expect(reading.ok && Object.keys(reading.file.fields)).toContain('__proto__');
    expect({}).not.toHaveProperty('polluted');
  });

  it('reads files from Windows with a byte order mark', () => {
    const reading = readSkill('\uFEFF---\r\nname: a\r\ndescription: D\r\n---\r\n\r\n# T\r\n');
    expect(reading.ok && reading.file).toMatchObject({
      fields: { name: 'a', description: 'D' },
      body: '# T\n',
      bodyLine: 6,
    });
  });

  it('never throws', () => {
    const pieces = fc.constantFrom(
      '---',
      '\n',
      'name: a',
      '\t',
      '[',
      '{',
      '"',
      "'",
      '|',
      '>',
      '&a',
      '*a',
      '!',
      '- ',
      '? ',
      ': ',
      '#',
      '\u0000',
      '%YAML 1.1',
      '<<: ',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 40 }),
        (parts) => typeof readSkill(`---\n${parts.join('')}\n---\nx`).ok === 'boolean',
      ),
    );
  });
});

describe('splitTools', () => {
  it.each([
    ['Bash(git diff:*) Read', ['Bash(git diff:*)', 'Read']],
    ['Read, Grep,Glob', ['Read', 'Grep', 'Glob']],
    ['', []],
  ])('reads %s', (value, tools) => expect(splitTools(value)).toEqual(tools));
});

describe('digestOf', () => {
  it('is the SHA-256 of the UTF-8 bytes', async () => {
    expect(await digestOf('abc')).toBe(
      'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    expect(await digestOf('é')).toBe(
      'sha256:4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c',
    );
  });
});
