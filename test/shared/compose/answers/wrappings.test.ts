import { describe, expect, it } from 'vitest';
import { CLASSIFICATION_FORM } from '../../../../shared/compose/answers/forms/classification-form.ts';
import { readDraft } from '../../../../shared/compose/answers/read-draft.ts';
import { readStructured } from '../../../../shared/compose/answers/read-structured.ts';

/** What models wrap their answers in, other than fences and front matters: seen with local models, routers and agents. */

const RIGHT = {
  kind: 'bundle',
  summary: 'Seed a "demo" table',
  capabilities: [{ id: 'c1', need: 'Make rows' }],
  constraints: ['No mail'],
  assumptions: [],
  reason: '',
};
const LINE = JSON.stringify(RIGHT);
const PRETTY = JSON.stringify(RIGHT, null, 2);
const PLAIN = JSON.stringify({ ...RIGHT, summary: 'Seed a demo table' });
const quoted = (marks: string) => PLAIN.replaceAll(/"([^"]*)"/g, `${marks[0]}$1${marks[1]}`);
const YAML = `kind: bundle
summary: Seed a demo table
capabilities:
  - id: c1
    need: Make rows
constraints:
  - No mail
`;
const lines = (text: string, before: (index: number) => string) =>
  text
    .split('\n')
    .map((line, index) => `${before(index)}${line}`)
    .join('\n');

describe('a structured answer', () => {
  it.each<[string, string]>([
    ...['“”', '””', '““', '„“', '«»', '＂＂', '「」', '‘’', '``'].map((marks): [string, string] => [
      `in ${marks}`,
      quoted(marks),
    ]),
    ['with colons and commas of Chinese', PLAIN.replaceAll('":', '"：').replaceAll(',"', '，"')],
    ['with semicolons', PLAIN.replaceAll(',"', ';"')],
    [
      'as arguments of a tool',
      JSON.stringify({
        tool_calls: [{ id: 'x', type: 'function', function: { name: 'answer', arguments: LINE } }],
      }),
    ],
    [
      'in the second of two calls',
      JSON.stringify({
        tool_calls: [
          { function: { name: 'think', arguments: '{"a":1}' } },
          { function: { name: 'answer', arguments: LINE } },
        ],
      }),
    ],
    [
      'as a provider answers',
      JSON.stringify({ choices: [{ message: { role: 'assistant', content: LINE } }] }),
    ],
    ['as another one does', JSON.stringify({ candidates: [{ content: { parts: [{ text: LINE }] } }] })],
    [
      'as a third one does',
      JSON.stringify({ output: [{ type: 'message', content: [{ type: 'output_text', text: LINE }] }] }),
    ],
    ['as a call of a function', JSON.stringify({ functionCall: { name: 'answer', args: RIGHT } })],
    ['two layers down', JSON.stringify({ response: { classification: RIGHT } })],
    ['as YAML', YAML],
    ['as YAML in a block, between words', `Here it is:\n\n\`\`\`yaml\n${YAML}\`\`\`\nLet me know!`],
    ['as a YAML document', `---\n${YAML}---`],
    ['as YAML one layer down', `classification:\n${lines(YAML.trim(), () => '  ')}\n`],
    ['as YAML between paragraphs', `Based on your goal:\n\n${YAML}\nDone.`],
    ['escaped for HTML', PLAIN.replaceAll('"', '&quot;')],
    ['as the inside of a JSON text', JSON.stringify(PRETTY).slice(1, -1)],
    ['behind line numbers', lines(PRETTY, (index) => `${index + 1}: `)],
    ['quoted', lines(PRETTY, () => '> ')],
    ['as a patch', `diff --git a/a.json b/a.json\n+++ b/a.json\n${lines(PRETTY, () => '+')}`],
  ])('is read %s', (_how, text) => {
    expect(readStructured(text, CLASSIFICATION_FORM)).toMatchObject({
      kind: 'value',
      value: { kind: 'bundle', capabilities: RIGHT.capabilities },
    });
  });

  it.each([
    ['a mapping with an alias', `kind: bundle\nsummary: &a Seed\ncapabilities:\n  - id: c1\n    need: *a\n`],
    ['a name twice', `${YAML}kind: single\n`],
    [
      'an object under another name that is no envelope, two layers down',
      JSON.stringify({ example: { other: RIGHT } }),
    ],
  ])('is not made of %s', (_what, text) => {
    expect(readStructured(text, CLASSIFICATION_FORM).kind).toBe('unfit');
  });
});

const BODY =
  '# Seed data\n\nUse it.\n\n- One\n  ```sh\n  npm run seed\n  ```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nEnd with the count.\n';
const TRIMMED = BODY.trimEnd();
const MATTER = '---\nname: seed\ndescription: Seeds.\n---\n\n';
const ADDED = lines(TRIMMED, () => '+');

describe('a draft', () => {
  it.each<[string, string]>([
    ['between rules', `---\n${TRIMMED}\n---`],
    ['between rules of stars', `***\n\n${BODY}\n***`],
    ['in a tag', `<skill>\n${BODY}</skill>`],
    ['in a tag with attributes and a front matter', `<skill name="seed">\n${MATTER}${BODY}</skill>`],
    [
      'in a tag between words',
      `Sure! Here is the skill:\n\n<file path="seed/SKILL.md">\n${BODY}</file>\n\nI hope this helps.`,
    ],
    ['in two tags', `<response>\n<final_answer>\n${BODY}</final_answer>\n</response>`],
    ['in CDATA', `<?xml version="1.0"?>\n<skill><![CDATA[\n${BODY}]]></skill>`],
    ['in a tag in a block', `\`\`\`xml\n<skill>\n${BODY}</skill>\n\`\`\``],
    ['folded', `<details>\n<summary>SKILL.md</summary>\n\n${BODY}\n</details>`],
    ['behind its name as a heading', `## SKILL.md\n\n${BODY}`],
    ['behind a label', `**Body:**\n\n${BODY}`],
    ['between marks', `--- BEGIN SKILL ---\n${BODY}--- END SKILL ---`],
    ['between marks with its name', `===== SKILL.md =====\n${BODY}=====`],
    ['between three quotes', `skill = """\n${BODY}"""`],
    ['as a here-document', `cat > SKILL.md <<'EOF'\n${BODY}EOF`],
    ['as a here-document in a block', `\`\`\`bash\ncat > SKILL.md << 'EOF'\n${BODY}EOF\n\`\`\``],
    ['quoted', lines(TRIMMED, () => '> ')],
    ['indented', lines(TRIMMED, () => '    ')],
    ['behind line numbers', lines(TRIMMED, (index) => `${String(index + 1).padStart(3)}\t`)],
    ['as a patch', `*** Begin Patch\n*** Add File: SKILL.md\n${ADDED}\n*** End Patch`],
    [
      'as a patch of git',
      `diff --git a/SKILL.md b/SKILL.md\nnew file mode 100644\n--- /dev/null\n+++ b/SKILL.md\n@@ -0,0 +1,14 @@\n${ADDED}`,
    ],
    [
      'in a call of a tool',
      `<tool_call>\n${JSON.stringify({ name: 'write_file', arguments: { path: 'SKILL.md', content: BODY } })}\n</tool_call>`,
    ],
    ['as a provider answers', JSON.stringify({ choices: [{ message: { content: BODY } }] })],
    ['in a list of files', JSON.stringify({ files: [{ path: 'SKILL.md', content: BODY }] })],
    ['as YAML', `body: |\n${lines(TRIMMED, () => '  ')}`],
    ['before a mark of its end', `${BODY}\n[END]`],
  ])('is found %s, and it is said', (_where, answer) => {
    const reading = readDraft(answer);
    expect(reading).toMatchObject({ kind: 'body', body: BODY });
    expect(reading.kind === 'body' && reading.repairs.length).toBeGreaterThan(0);
  });

  it.each([
    ['a quotation of its own at its begin', `> Read this first.\n\n${BODY}`],
    ['a tag of its own at its begin', `<context>\nThe rows.\n</context>\n\n${BODY}`],
    [
      'words before a tag that is not around the rest',
      `Based on the ticket, sort them.\n\n<rules>\nBe kind.\n</rules>\n\n${BODY}`,
    ],
    ['an example in a tag', `# Format\n\n<output>\n# Title\n</output>\n`],
    ['steps alone', '1. Read it.\n2. Sort it.\n3. Save it.\n4. Say so.\n'],
    ['a here-document among other lines', "# Run\n\n```sh\ncat > a.md <<'EOF'\n# A\nEOF\n```\n"],
    ['an example in YAML', '# Deploy\n\n```yaml\nname: web\ntext: |\n  One\n  Two\n```\n\nThen check it.\n'],
    ['a paragraph that reads like YAML', '# Commit\n\nbody: the words\nsubject: a line\n\nThen send it.\n'],
    ['nothing but names and words', 'subject: one line\nbody: what was changed\n'],
    ['two texts in tags', '<rule>\n# One\n</rule>\n\n<rule>\n# Two\n</rule>\n'],
    ['a name and a colon', 'Note: read the table first.\n\n# Table\n\nDo it.\n'],
  ])('keeps %s', (_what, body) => {
    expect(readDraft(body)).toEqual({ kind: 'body', body, repairs: [] });
  });

  it('is not looked for in every way to split a line of dashes', () => {
    // 4,000 took 4.8 s, and twice as many some five times as long.
    const answer = `Rows\n${'-'.repeat(60_000)}!`;
    expect(readDraft(answer)).toMatchObject({ kind: 'body', body: `${answer}\n` });
  });

  it('is looked for in hostile wrappings a bounded number of times', () => {
    for (const [open, close] of [
      ['<skill>\n', '\n</skill>'],
      ['> ', ''],
      ['---\n', '\n---'],
      ['"""\n', '\n"""'],
      ['+', ''],
    ] as const)
      expect(readDraft(`${open.repeat(20_000)}# A${close.repeat(20_000)}`).kind).toBe('body');
  });
});
