import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileToSign } from '../../shared/signing/model-signature.ts';

export interface FolderFiles {
  readonly files: readonly FileToSign[];
  /** Paths of links, sockets and the like: nothing that a skill may have, and not followed. */
  readonly strange: readonly string[];
}

/** Every file below a folder, hidden ones too, with paths as a signature names them. */
export function folderFiles(folder: string, below = ''): FolderFiles {
  const files: FileToSign[] = [];
  const strange: string[] = [];
  for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) {
      const inner = folderFiles(folder, path);
      files.push(...inner.files);
      strange.push(...inner.strange);
    } else if (entry.isFile()) files.push({ path, bytes: new Uint8Array(readFileSync(join(folder, path))) });
    else strange.push(path);
  }
  return { files, strange };
}
