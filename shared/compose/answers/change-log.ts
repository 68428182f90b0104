/** Recognises answers that describe a change where the changed text itself was asked for. Such an answer never replaces a draft. */
import { codeLines } from './code-lines.ts';

const TITLE =
  /^\W*(?:change ?log|changes(?: (?:made|applied|summary))?|what(?: (?:has|was|i))? changed|summary of (?:the )?(?:changes|edits|revisions?|updates)|revision (?:notes|summary|history)|revisions?(?: made)?|updates?(?: made)?|edits?(?: made)?|(?:notes|feedback) (?:addressed|applied)|änderungen|vorgenommene änderungen|modifications?(?: apportées)?|cambios(?: realizados)?|alterações|modifiche|zmiany|изменения|変更点|変更履歴|修正(?:内容|点)|更改|修改(?:说明|内容)|변경 ?사항)\s*[:：.]?\W*$/iu;
const OPENING =
  /^\W*(?:(?:here (?:is|are)|below (?:is|are)|these are) (?:a |the )?(?:list of |summary of )?(?:changes|edits|revisions|updates|modifications)|i(?:['’]ve| have)? (?:updated|changed|revised|added|fixed|addressed|rewritten|rewrote|removed|applied|incorporated|made)|the (?:following )?(?:changes|edits|revisions|updates) (?:were|have been|are)|(?:all )?(?:the )?notes (?:were|have been|are) (?:addressed|applied)|ich habe|j['’]ai |he (?:cambiado|actualizado|añadido)|以下の(?:点|変更)|我(?:已|修改))/iu;
const DID =
  /^\s*(?:[-*+•]|\d+[.)])\s+(?:\*\*)?(?:added|changed|fixed|removed|updated|revised|rewrote|rewritten|clarified|replaced|moved|renamed|included|corrected|addressed|improved|expanded|shortened|inserted|hinzugefügt|geändert|entfernt|ergänzt|ajouté|modifié|supprimé|añadid[oa]|cambiad[oa]|eliminad[oa])\b/iu;
const DIFF = /^(?:@@ |diff --git|\+\+\+ |--- [ab]\/)/m;

/**
 * Judges by the title, the first words, the marks of a diff, and whether most list items begin with words such as "Added". Languages other
 * than English are known by their usual titles. Code blocks do not count.
 */
export function isChangeLog(text: string): boolean {
  const lines = text.split('\n');
  const code = codeLines(lines);
  const prose = lines.filter((line, index) => !code[index] && line.trim() !== '');
  const [first = '', second = ''] = prose;
  if (TITLE.test(first) || OPENING.test(first) || (first.startsWith('#') && OPENING.test(second)))
    return true;
  if (DIFF.test(prose.slice(0, 4).join('\n'))) return true;
  const items = prose.filter((line) => /^\s*(?:[-*+•]|\d+[.)])\s/.test(line));
  return items.length >= 2 && items.filter((line) => DID.test(line)).length > items.length / 2;
}

/** The text without a list of changes that the model appended. A list that was in the text before the change stays. */
export function cutChangeLog(text: string, before: string): string {
  const lines = text.trimEnd().split('\n');
  const code = codeLines(lines);
  const begin = lines.findLastIndex(
    (line, index) =>
      !code[index] && (/^(?:#{1,6}\s|\*\*)/.test(line) || /[:：]\s*$/.test(line)) && TITLE.test(line),
  );
  const title = lines[begin];
  if (title === undefined || begin < 2 || before.includes(title)) return text;
  const rest = lines.slice(begin + 1);
  // Another heading follows, so that this one belongs to the skill.
  if (rest.some((line) => /^#{1,6}\s/.test(line))) return text;
  return lines
    .slice(0, begin)
    .join('\n')
    .replace(/(?:\n\s*[-*_]{3,})?\s*$/, '\n');
}
