import { hexOf, sha256 } from '../hashes/sha256.ts';

/** A file of a skill. Skills are text: what is not UTF-8 is not published. */
export interface SkillText {
  readonly path: string;
  readonly content: string;
}

const encoder = new TextEncoder();

/** The file as it is hashed and packed: UTF-8, with line ends as they are. */
export function bytesOf({ content }: SkillText): Uint8Array<ArrayBuffer> {
  return encoder.encode(content);
}

/** `sha256:<hex>` over `path NUL sha256 LF` of each file, sorted by path. The signature's own file is not among them. */
export async function contentDigest(files: readonly SkillText[]): Promise<string> {
  const lines = await Promise.all(
    [...files]
      .sort((a, b) => (a.path < b.path ? -1 : 1))
      .map(async (file) => `${file.path}\0${hexOf(await sha256(bytesOf(file)))}\n`),
  );
  return `sha256:${hexOf(await sha256(encoder.encode(lines.join(''))))}`;
}
