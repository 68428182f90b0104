import { expect, it } from 'vitest';
import { type DraftReading, readDraft } from '../../../../shared/compose/answers/read-draft.ts';

/** Forms that a whole draft comes in: by field, in comments, quoted, as a patch, twice. */

const BODY = `# Sort mail

Sort the mail of a shop.

## Steps

1. Read every mail.
2. Put it into a folder.

\`\`\`bash
# list them
ls -la
\`\`\`

Never delete one.
`;
const TEXT = BODY.trim();
const behind = (mark: string, text = TEXT) =>
  text
    .split('\n')
    .map((line) => `${mark}${line}`.trimEnd())
    .join('\n');
const PART = behind('+').replace('+# Sort mail', ' # Sort mail\n-Sort what comes.');
const FIELDS = '<name>sort-mail</name>\n<description>Sorts mail. Use when it came.</description>\n';

it.each<[string, string, string]>([
  ['an element per field', `${FIELDS}<body>\n${TEXT}\n</body>`, 'marks'],
  ['the same in one more', `<skill>\n${FIELDS}<body>\n${TEXT}\n</body>\n</skill>`, 'marks'],
  ['the same in a fence', `\`\`\`xml\n<skill>${FIELDS}<body>\n${TEXT}\n</body></skill>\n\`\`\``, 'marks'],
  ['CDATA in a field', `<skill>${FIELDS}<content><![CDATA[\n${TEXT}\n]]></content></skill>`, 'marks'],
  ['another name of the field', `${FIELDS}<instructions>\n${TEXT}\n</instructions>`, 'marks'],
  [
    'a call of a tool',
    `<invoke name="write"><parameter name="path">SKILL.md</parameter><parameter name="content">${TEXT}</parameter></invoke>`,
    'marks',
  ],
  ['a quotation', behind('> '), 'marks'],
  ['a quotation after talk', `Here is the skill body:\n\n${behind('> ')}`, 'talk,marks'],
  ['a block by indentation', behind('    '), 'marks'],
  ['comments', behind('// '), 'marks'],
  ['one comment', `/*\n${TEXT}\n*/`, 'marks'],
  ['a comment of HTML', `<!--\n${TEXT}\n-->`, 'marks'],
  ['LaTeX', `\\begin{verbatim}\n${TEXT}\n\\end{verbatim}`, 'marks'],
  ['a box', `\\boxed{\n${TEXT}\n}`, 'marks'],
  ['a call that prints it', `print("""${TEXT}""")`, 'marks'],
  ['who speaks', `assistant: ${TEXT}`, 'marks'],
  ['a patch of a new file', `--- /dev/null\n+++ b/SKILL.md\n@@ -0,0 +1,15 @@\n${behind('+')}`, 'marks'],
  ['a patch of one part', `--- a/SKILL.md\n+++ b/SKILL.md\n@@ -1,3 +1,15 @@\n${PART}`, 'marks'],
  ['its lines as JSON', JSON.stringify({ lines: TEXT.split('\n') }), 'json'],
  ['a bare list of lines', JSON.stringify(TEXT.split('\n')), 'json'],
  ['breaks as two characters', TEXT.replaceAll('\n', '\\n'), 'json'],
  ['fields in bold', `**name:** sort-mail\n**description:** Sorts mail.\n**body:**\n${TEXT}`, 'front-matter'],
  ['fields without rules', `name: sort-mail\ndescription: Sorts mail.\n\n${TEXT}`, 'front-matter'],
  ['twice', `${TEXT}\n\n${TEXT}`, 'copy'],
  ['twice, with a rule between', `${TEXT}\n\n---\n\n${TEXT}`, 'copy'],
])('reads a draft out of %s, and says so', (_name, answer, repairs) => {
  const reading: DraftReading = readDraft(answer);
  expect(reading).toEqual({ kind: 'body', body: BODY, repairs: repairs.split(',') });
});

it.each([
  ['commands behind spaces', '    # install\n    npm install\n    # run\n    npm start'],
  ['an element within a draft', `${TEXT}\n\n<body>\n# Not this\n</body>`],
  ['an element with words beside it', `<name>a</name> Read this first: <body>\n# Sort\n</body>`],
  ['a quotation within a draft', `${TEXT}\n\n> # Quoted\n> Text.`],
  ['two parts with one title', `# Sort\n\nOne.\n\n# Sort\n\nTwo.`],
  ['fields that the text speaks of', '# Fields\n\nname: the name\ndescription: what it is\n\n# End\n\nDone.'],
])('leaves %s as it stands', (_name, answer) => {
  expect(readDraft(answer)).toEqual({ kind: 'body', body: `${answer}\n`, repairs: [] });
});
