import type { PlannedFile } from '../../../shared/contract/plan.ts';
import { capitalize, shorten } from './text.ts';
import { spoken } from './verbs.ts';

const WANTS_SCRIPT = /\b(?:scripts?|parsers?|pars(?:e|es|ing)|skript|skrypt|スクリプト)\b/iu;
const WANTS_REFERENCE = /\b(?:references?|glossar(?:y|ies)|style guide|field list|cheat ?sheet)\b/i;

/** The files that a text asks for by name; most ask for none. */
export function planFiles(text: string, name: string): readonly PlannedFile[] {
  const files: PlannedFile[] = [];
  if (WANTS_SCRIPT.test(text))
    files.push({
      path: `scripts/${name.slice(0, 50)}.mjs`,
      purpose: 'Reads the records of a text file and prints them as JSON, with their lines.',
    });
  if (WANTS_REFERENCE.test(text))
    files.push({
      path: 'references/terms.md',
      purpose: 'The words of this work with their meaning, for when one is not clear.',
    });
  return files;
}

/** What a SKILL.md says of a file beside it. */
export function howToUse({ path }: PlannedFile): string {
  return path.startsWith('scripts/')
    ? `- Run \`node ${path} <file>\` to get the records of a file as JSON, with the lines that they come from. Do not read long files by eye.`
    : `- Read ${path} when a word in the material is not clear.`;
}

export interface FileWish extends PlannedFile {
  readonly goal: string;
  readonly name: string;
}

/** The text of a planned file: a script that runs, or a page of notes. */
export function writeFile({ goal, name, path, purpose }: FileWish): string {
  const title = capitalize(spoken(name.replaceAll('-', ' ')));
  if (path.endsWith('.mjs')) return script(path);
  return `# ${title}: terms

${purpose}

| term | meaning here |
| --- | --- |
| goal | ${shorten(goal.replaceAll(/\s+/g, ' ').replaceAll('|', '/'), 200)} |
| record | one entry of the material: the lines between two blank ones |
| open | nobody has looked at it yet; it is shown, never guessed |

Add a row when the user explains a word, so that nobody has to ask twice.
`;
}

function script(path: string): string {
  return `// Prints the records of a text file as JSON: what stands between blank lines, with the number of its first line.
import { readFileSync } from 'node:fs';

const [file] = process.argv.slice(2);
if (file === undefined || file === '--help') {
  console.log('Usage: node ${path} <file>');
  process.exit(file === undefined ? 2 : 0);
}

let text;
try {
  text = readFileSync(file, 'utf8');
} catch (error) {
  console.error(\`\${file} cannot be read (\${error.code}). Check the path.\`);
  process.exit(1);
}

const records = [];
let open;
for (const [index, line] of text.split(/\\r?\\n/).entries()) {
  if (line.trim() === '') {
    open = undefined;
    continue;
  }
  if (!open) {
    open = { line: index + 1, text: [] };
    records.push(open);
  }
  open.text.push(line);
}
console.log(JSON.stringify({ file, records: records.map(({ line, text: lines }) => ({ line, text: lines.join('\\n') })) }, null, 2));
`;
}
