/** Hands a file to the browser's downloads. The object URL lives until the browser has surely begun to read it. */
export function download(name: string, content: string | Uint8Array<ArrayBuffer>, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A title as the name of a file: words and hyphens, in whatever script. */
export function fileNameOf(title: string): string {
  const words = title
    .toLowerCase()
    .normalize('NFC')
    .match(/[\p{L}\p{M}\p{N}]+/gu);
  return (words ?? []).join('-').slice(0, 60).replace(/-$/, '') || 'skills';
}
