import * as z from 'zod/mini';
import { type BundleInfo, type BundleManifest, bundleManifest } from '../../shared/contract/registry.ts';

const SHOWN = ['publisher', 'name', 'version', 'description', 'licence'] as const;

/**
 * What the page shows of a bundle and its `bundle.json` does not say, in words: the signature covers that file alone. A skill is pinned by
 * its author, its name and its digest together.
 */
export function unsignedParts(bundle: BundleInfo): readonly string[] {
  const manifest = readManifest(bundle.manifest ?? '');
  if (!manifest) return ['bundle.json'];
  const pinned = ({ publisher, name, contentDigest }: BundleInfo['skills'][number]): boolean =>
    manifest.skills.some(
      (pin) => pin.publisher === publisher && pin.name === name && pin.contentDigest === contentDigest,
    );
  return [
    ...SHOWN.filter((field) => manifest[field] !== bundle[field]).map((field) => `the bundle’s ${field}`),
    ...bundle.skills.filter((skill) => !pinned(skill)).map(({ name }) => `the skill ${name}`),
  ];
}

function readManifest(text: string): BundleManifest | undefined {
  try {
    return z.parse(bundleManifest, JSON.parse(text));
  } catch {
    return undefined;
  }
}
