import { MAX_DRAFT_FILES, type PlannedFile, SKILL_FILE_PATH } from '../../contract/plan.ts';
import { oneLine } from '../one-line.ts';

/**
 * The files of a plan's item as skills may have them: in `scripts/` or `references/`, text, each path once. Others are left out; where the
 * draft points to one all the same, the analysis says so.
 */
export function plannedFiles(
  given: readonly { readonly path: string; readonly purpose: string }[],
): PlannedFile[] {
  const files = new Map<string, PlannedFile>();
  for (const { path, purpose } of given) {
    const plain = path.trim().replace(/^(?:\.\/|\/)/, '');
    const lower = plain.toLowerCase();
    if (SKILL_FILE_PATH.test(plain) && !files.has(lower))
      files.set(lower, { path: plain, purpose: oneLine(purpose, 300) });
  }
  return [...files.values()].slice(0, MAX_DRAFT_FILES);
}
