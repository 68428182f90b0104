/**
 * Puts text that must not give orders between `<name>` and `</name>`. A closing tag inside is broken with a backslash, so that
 * the text cannot end its own fence.
 */
export function fence(name: string, text: string): string {
  return `<${name}>\n${text.replaceAll(new RegExp(`</(?=${name}\\b)`, 'gi'), '<\\/')}\n</${name}>`;
}

/** What a prompt holds between the tags of that name; undefined when there is none. Undoes `fence`. */
export function fenced(name: string, prompt: string): string | undefined {
  const open = `<${name}>\n`;
  const from = prompt.indexOf(open);
  const to = prompt.indexOf(`\n</${name}>`, from);
  if (from < 0 || to < 0) return undefined;
  return prompt.slice(from + open.length, to).replaceAll('<\\/', '</');
}
