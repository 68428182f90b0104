import type { Analysis, Draft } from '../contract/plan.ts';
import { findingsToSarif, type SarifLog } from './findings-to-sarif.ts';
import { writeSkill } from './write-skill.ts';

/** The findings of drafts, at the paths that the downloaded archive and the command line use. */
export function draftsToSarif(
  analyzed: readonly { readonly draft: Draft; readonly analysis: Analysis }[],
  version: string,
): SarifLog {
  return findingsToSarif(
    analyzed.map(({ draft, analysis: { digest, verdict, findings } }) => ({
      path: `${draft.manifest.name}/SKILL.md`,
      text: writeSkill(draft.manifest, draft.body),
      digest,
      verdict,
      findings,
    })),
    version,
  );
}
