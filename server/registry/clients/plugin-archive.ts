import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Kysely } from 'kysely';
import { packTar } from 'modern-tar';
import { bundleManifest } from '../../../shared/contract/registry.ts';
import { BUNDLE_SIGNATURE_FILE, SIGNATURE_FILE } from '../../../shared/signing/model-signature.ts';
import type { Database } from '../../storage/database.ts';
import { type BundleRow, servedSkillsOf, skillTexts } from '../read-store.ts';

/** A bundle as an npm package that Claude Code takes as a plugin: `.claude-plugin/plugin.json`, and each skill below `skills/`. */
export interface PluginArchive {
  readonly bytes: Buffer<ArrayBuffer>;
  /** As npm writes it into a packument. */
  readonly integrity: string;
  readonly shasum: string;
}

const DATE = new Date('2020-01-01T00:00:00Z');

/** Equal bundles give equal bytes: a digest of them goes into the packument, and they are made at each request. */
export async function pluginArchive(db: Kysely<Database>, row: BundleRow): Promise<PluginArchive> {
  const { name, version, description, licence, handle } = row;
  const skills = await servedSkillsOf(db, row.id);
  const about = { name, version, description, license: licence };
  const keywords = bundleManifest.parse(JSON.parse(row.manifest)).categories ?? [];
  const files: [string, string][] = [
    ['package.json', json({ ...about, name: packageName(row), keywords })],
    ['.claude-plugin/plugin.json', json({ ...about, author: { name: handle }, keywords })],
    ['bundle.json', row.manifest],
    [BUNDLE_SIGNATURE_FILE, row.signature],
  ];
  for (const skill of skills) {
    for (const { path, content } of await skillTexts(db, skill.id))
      files.push([`skills/${skill.name}/${path}`, content]);
    files.push([`skills/${skill.name}/${SIGNATURE_FILE}`, skill.signature]);
  }
  const tar = await packTar(
    files.map(([path, text]) => {
      const body = Buffer.from(text);
      return { header: { name: `package/${path}`, size: body.length, mode: 0o644, mtime: DATE }, body };
    }),
  );
  const bytes = Buffer.from(gzipSync(tar));
  const digest = (algorithm: string, form: 'hex' | 'base64') =>
    createHash(algorithm).update(bytes).digest(form);
  return { bytes, integrity: `sha512-${digest('sha512', 'base64')}`, shasum: digest('sha1', 'hex') };
}

/** Scoped by the publisher, so that two bundles of one name are two packages. */
export function packageName({ handle, name }: Pick<BundleRow, 'handle' | 'name'>): string {
  return `@${handle}/${name}`;
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
