import type { Analysis, Draft } from '../contract/plan.ts';
import { type AnalyzedSkill, findingsToSarif, type SarifLog } from './findings-to-sarif.ts';
import { writeSkill } from './write-skill.ts';

interface AnalyzedDraft {
  readonly draft: Draft;
  readonly analysis: Analysis;
}

/** The findings of drafts, at the paths that the downloaded archive and the command line use. */
export function draftsToSarif(analyzed: readonly AnalyzedDraft[], version: string): SarifLog {
  return findingsToSarif(analyzed.flatMap(textsOf), version);
}

function textsOf({
  draft: { manifest, body, files = [] },
  analysis: { digest, verdict, findings },
}: AnalyzedDraft): readonly AnalyzedSkill[] {
  const own = findings.filter(({ file }) => file === undefined);
  return [
    {
      path: `${manifest.name}/SKILL.md`,
      text: writeSkill(manifest, body),
      // With files beside it, the draft's digest is of all of them.
      ...(files.length === 0 ? { digest } : {}),
      verdict,
      findings: own,
    },
    ...files.map(({ path, content }) => ({
      path: `${manifest.name}/${path}`,
      text: content,
      verdict,
      findings: findings.filter(({ file }) => file === path),
    })),
  ];
}
