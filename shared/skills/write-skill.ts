import { stringify } from 'yaml';
import type { Manifest } from '../contract/plan.ts';
import { normalizeBody, wellFormed } from './skill-body.ts';

/**
 * The text of a SKILL.md. Fields are in the specification's order, and `allowed-tools` is the space-separated string that it asks for. A
 * model's output never becomes YAML unescaped: it would break at the first colon.
 */
export function writeSkill(manifest: Manifest, body: string): string {
  const tools = manifest.allowedTools ?? [];
  const fields = {
    name: manifest.name,
    description: manifest.description,
    ...(manifest.license ? { license: manifest.license } : {}),
    ...(manifest.compatibility ? { compatibility: manifest.compatibility } : {}),
    ...(tools.length > 0 ? { 'allowed-tools': tools.join(' ') } : {}),
    ...(manifest.metadata && Object.keys(manifest.metadata).length > 0
      ? { metadata: manifest.metadata }
      : {}),
  };
  // compat: clients with YAML 1.1 parsers (PyYAML) would read a bare `on` or `1_000` as something other than a string.
  const yaml = stringify(fields, { lineWidth: 0, compat: 'yaml-1.1', aliasDuplicateObjects: false });
  const text = normalizeBody(body);
  return `---\n${wellFormed(yaml)}---\n${text === '' ? '' : `\n${text}`}`;
}
