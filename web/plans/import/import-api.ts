import { zipSync } from 'fflate';
import * as z from 'zod/mini';
import { AUTHOR_ROUTES } from '../../../shared/contract/author/author-routes.ts';
import { type Imported, imported, MAX_IMPORT_BYTES } from '../../../shared/contract/author/import.ts';
import { readFailure } from '../../config/read-failure.ts';
import { CallFailed, callJson } from '../../http/call.ts';

/** What is imported is a stranger's: the page reads nothing of it but its size, and the server reads it as text. */

/** `url`: a page with an index of skills below it, or that index. */
export function importFromUrl(url: string): Promise<Imported> {
  return callJson(imported, AUTHOR_ROUTES.imports, { method: 'POST', body: { url } });
}

/** Refuses what is too large before it is sent. A .tar.gz will do as well. */
export async function importZip(zip: Blob): Promise<Imported> {
  if (zip.size > MAX_IMPORT_BYTES) throw new CallFailed({ code: 'too_large', message: TOO_LARGE });
  return sendZip(new Uint8Array(await zip.arrayBuffer()));
}

/** Not by `call`, which sends JSON alone: it is a part of the first page, whose bytes are counted. */
async function sendZip(zip: Uint8Array<ArrayBuffer>): Promise<Imported> {
  const response = await fetch(AUTHOR_ROUTES.imports, {
    method: 'POST',
    headers: { 'content-type': 'application/zip' },
    body: zip,
    cache: 'no-store',
    credentials: 'same-origin',
    redirect: 'error',
  }).catch(() => {
    const message = 'This page could not reach its server. See that it runs, then try again.';
    throw new CallFailed({ code: 'unavailable', message });
  });
  if (!response.ok) throw new CallFailed(await readFailure(response));
  const parsed = z.safeParse(imported, await response.json().catch(() => undefined));
  if (parsed.success) return parsed.data;
  throw new CallFailed({
    code: 'internal',
    message: 'The answer is not one that this page knows. Reload the page.',
  });
}

/** A folder goes as a ZIP too, so that the server has one way to read either. */
export async function importFolder(files: readonly File[]): Promise<Imported> {
  const wanted = files.filter((file) => !isBeside(pathOf(file)));
  const size = wanted.reduce((sum, file) => sum + file.size, 0);
  if (size > MAX_IMPORT_BYTES) throw new CallFailed({ code: 'too_large', message: TOO_LARGE });
  const entries = await Promise.all(
    wanted.map(async (file) => [pathOf(file), new Uint8Array(await file.arrayBuffer())] as const),
  );
  // as: zipSync always makes a buffer of its own
  return sendZip(zipSync(Object.fromEntries(entries)) as Uint8Array<ArrayBuffer>);
}

const TOO_LARGE = 'That is more than 6 MB. Import the skills in smaller parts.';

function pathOf(file: File): string {
  return file.webkitRelativePath || file.name;
}

/** What tools leave beside the skills. */
function isBeside(path: string): boolean {
  return path.split('/').some((part) => part === '.git' || part === 'node_modules' || part === '.DS_Store');
}
