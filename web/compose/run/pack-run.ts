import type { PlanItem } from '../../../shared/contract/plan.ts';
import { skillPage } from '../../../shared/contract/registry.ts';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { packTried } from '../../../shared/skills/eval-files.ts';
import { publishedFolder } from '../../../shared/skills/published-folder.ts';
import { callJson } from '../../http/call.ts';
import type { RunState } from '../../run/state/run-state.ts';

/** The ZIP of a run's skills, and the names of reused ones that could not be fetched. */
export interface PackedRun {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly missing: readonly string[];
}

/** The drafts with their `evals/`, and what the plan reuses: from the run where it brought the text, else from the registry, as signed. */
export async function packRun(run: RunState): Promise<PackedRun> {
  const missing: string[] = [];
  const skills = await Promise.all(
    (run.plan?.items ?? []).map(async (item) => {
      const known = run.drafts[item.id]?.draft ?? run.reused?.[item.id];
      if (known || item.action !== 'reuse') return known ?? [];
      const fetched = await fetchFolder(item).catch(() => undefined);
      if (fetched) return fetched;
      missing.push(item.name);
      return [];
    }),
  );
  const tried = { evals: Object.values(run.evals ?? {}), trials: Object.values(run.trials ?? {}) };
  return { bytes: packTried(skills.flat(), tried), missing };
}

async function fetchFolder({ ref }: PlanItem) {
  if (!ref) return undefined;
  const path = `${ROUTES.skill(ref.owner, ref.name)}?version=${encodeURIComponent(ref.version)}`;
  return publishedFolder(await callJson(skillPage, path));
}
