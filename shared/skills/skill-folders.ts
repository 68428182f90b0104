/**
 * A folder for each skill of a set, named after it as the specification wants. What no file system may be asked for gets another
 * name: device names on Windows, and a second skill of the same name.
 */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

export function skillFolders(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const base = DEVICE.test(name) ? `${name}-skill` : name;
    let folder = base;
    for (let n = 2; taken.has(folder); n += 1) folder = `${base}-${n}`;
    taken.add(folder);
    return folder;
  });
}
