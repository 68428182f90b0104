import { type ReactElement, useMemo } from 'react';
import { useLocation } from 'wouter';
import type { HostedRun } from '../../shared/contract/hosted.ts';
import type { SavedPlan } from '../../shared/contract/saved-plan.ts';
import { usePlanChange } from '../plans/use-plan-tools.ts';
import { type DraftTools, DraftToolsRegion } from '../run/draft/draft-tools.ts';
import { ReworkAnswer } from '../run/draft/rework/rework-answer.tsx';
import type { RunState } from '../run/state/run-state.ts';
import { useToast } from '../ui/toast.tsx';
import { offerOf } from './run-plan.ts';

interface OfferedDraftProps {
  readonly record: HostedRun;
  /** As its events tell it. */
  readonly run: RunState;
  readonly saved: SavedPlan;
  readonly tools: DraftTools;
}

/** What became of a draft that was reworked on this server. It waits here until its owner takes it, and changes nothing before. */
export function OfferedDraft({ record, run, saved, tools }: OfferedDraftProps): ReactElement | null {
  const change = usePlanChange();
  const toast = useToast();
  const [, navigate] = useLocation();
  const offer = useMemo(() => offerOf(record, run, saved), [record, run, saved]);
  const draft = offer?.made.draft;
  if (!offer || !draft) return null;
  const { analysis } = offer.made;
  const take = (): void =>
    change(saved, { draft, analysis, used: record.usage }, `Took the new ${draft.manifest.name}.`);
  const refuse = (): void => {
    toast({ text: 'The text stays as it was. What was offered stays at its run.' });
    navigate(`/me/plans/${saved.id}`);
  };
  return (
    <DraftToolsRegion
      value={{ ...tools, reworked: offer.rework, endRework: (accept) => (accept ? take() : refuse()) }}
    >
      <section className="sheet" aria-label="Reworked">
        <ReworkAnswer draft={draft} analysis={analysis} />
      </section>
    </DraftToolsRegion>
  );
}
