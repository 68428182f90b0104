import type { BundleManifest } from '../../shared/contract/registry.ts';

/** What a bundle is found by, in lower case. `summary`: what its author says of it since, beside the signed description. */
export function searchText(
  manifest: BundleManifest,
  skillDescriptions: readonly string[],
  summary?: string,
): string {
  const { name, description, publisher, skills } = manifest;
  const words = [name, summary ?? '', description, publisher, ...skills.map((skill) => skill.name)];
  return [...words, ...skillDescriptions].join('\n').toLowerCase();
}
