import { zipSync } from 'fflate';
import type { Kysely } from 'kysely';
import { BUNDLE_SIGNATURE_FILE, SIGNATURE_FILE } from '../../shared/signing/model-signature.ts';
import type { Database } from '../storage/database.ts';
import { findBundle, servedSkillsOf, skillTexts } from './read-store.ts';
import type { Reader } from './visible.ts';

/**
 * A whole bundle in one ZIP, as `npm run verify` takes its folder: `bundle.json` with its signature, and beside it each skill with its own.
 * Made at each request from what is stored, with a fixed date, so that equal bundles give equal bytes.
 */
export async function bundleArchive(
  db: Kysely<Database>,
  reader: Reader,
  wanted: { readonly owner: string; readonly name: string; readonly version?: string | undefined },
): Promise<{ readonly version: string; readonly bytes: Uint8Array<ArrayBuffer> } | undefined> {
  const found = await findBundle(db, reader, wanted);
  if (found === undefined || found.row.removal !== null) return undefined;
  const { row } = found;
  const texts: [string, string][] = [
    ['bundle.json', row.manifest],
    [BUNDLE_SIGNATURE_FILE, row.signature],
  ];
  for (const skill of await servedSkillsOf(db, row.id)) {
    for (const { path, content } of await skillTexts(db, skill.id))
      texts.push([`${skill.name}/${path}`, content]);
    texts.push([`${skill.name}/${SIGNATURE_FILE}`, skill.signature]);
  }
  const encoder = new TextEncoder();
  const files = Object.fromEntries(texts.map(([path, text]) => [path, encoder.encode(text)]));
  // as: zipSync always makes a buffer of its own
  const bytes = zipSync(files, { level: 6, mtime: '2020-01-01T00:00:00' }) as Uint8Array<ArrayBuffer>;
  return { version: row.version, bytes };
}
