/**
 * Names that a reader may take for one another have one outline: `pr-review`, `prreview` and `pr-rev1ew`. Names have a-z, 0-9 and hyphens
 * only, so that what looks alike in other scripts never comes here.
 */
export function outlineOf(name: string): string {
  return name
    .replaceAll('-', '')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replaceAll('0', 'o')
    .replaceAll(/[1i]/g, 'l')
    .replaceAll('5', 's');
}
