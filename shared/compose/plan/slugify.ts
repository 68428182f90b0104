import anyAscii from 'any-ascii';

const MAX_CHARS = 64;

/** A valid skill name of any text, with other scripts in Latin letters (ß is ss, ł is l); empty when the text has no letter or digit. */
export function slugify(text: string): string {
  return (
    anyAscii(text.normalize('NFKC'))
      .toLowerCase()
      // any-ascii writes emoji and signs as a name between colons.
      .replaceAll(/[^a-z0-9]+/g, '-')
      .slice(0, MAX_CHARS + 1)
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, MAX_CHARS)
      .replace(/-+$/, '')
  );
}

/** The name itself, or with the first number that makes it new. */
export function uniqueName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let number = 2; ; number += 1) {
    const suffix = `-${number}`;
    const next = `${name.slice(0, MAX_CHARS - suffix.length).replace(/-+$/, '')}${suffix}`;
    if (!taken.has(next)) return next;
  }
}
