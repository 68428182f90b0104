import type { ReactElement } from 'react';
import type { Analysis, Draft, Finding } from '../../../shared/contract/plan.ts';
import { failureOf } from '../../http/call.ts';
import { useToast } from '../../ui/toast.tsx';
import { useEditTools } from './draft-tools.ts';
import { loadEditDraft } from './load-edit-draft.ts';

interface ApplyFindingProps {
  readonly draft: Draft;
  readonly analysis: Analysis;
  readonly finding: Finding;
}

/** Does what a finding's fix says, where a machine can; the text is analyzed again, and a press takes it back. No model is asked. */
export function ApplyFinding({ draft, analysis, finding }: ApplyFindingProps): ReactElement | null {
  const tools = useEditTools();
  const toast = useToast();
  if (!tools || !finding.edit || analysis.digest !== draft.digest) return null;

  const apply = async (): Promise<void> => {
    try {
      const { withFinding } = await loadEditDraft();
      const edited = await withFinding({ draft, analysis, ...tools }, finding);
      if (edited) tools.change(draft.item, edited, `Applied a fix to ${draft.manifest.name}.`);
      else toast({ text: 'That fix does not fit this text. Change it by hand.' });
    } catch (error) {
      toast({ text: failureOf(error).message });
    }
  };
  return (
    <button
      type="button"
      className="plain"
      aria-label={`Apply the fix for ${finding.rule}`}
      onClick={() => void apply()}
    >
      Apply
    </button>
  );
}
