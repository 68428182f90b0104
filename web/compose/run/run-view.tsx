import { type ReactElement, useCallback, useEffect } from 'react';
import { rememberRightAway, useRightAway } from '../../ask/send/right-away.ts';
import type { AskState } from '../../ask/use-ask.ts';
import { SaveNotice } from '../../plans/save-notice.tsx';
import { useSave } from '../../plans/use-save.ts';
import { DraftList } from '../../run/draft/draft-list.tsx';
import { DraftToolsRegion } from '../../run/draft/draft-tools.ts';
import { TryRegion } from '../../run/draft/try/try-tools.ts';
import { type EndActions, EndPanel } from '../../run/end-panel.tsx';
import { FootBar } from '../../run/foot-bar.tsx';
import { PlanView } from '../../run/plan-view.tsx';
import { PlanReview } from '../../run/review/plan-review.tsx';
import { RunHead } from '../../run/run-head.tsx';
import { isBusy, type RunState } from '../../run/state/run-state.ts';
import type { RunStore } from '../../run/state/run-store.ts';
import { Timeline } from '../../run/timeline.tsx';
import { useRunTitle } from '../../run/use-run-title.ts';
import type { Compose } from '../session/open-compose.ts';
import type { PressKind } from '../submit/check-press.ts';
import { touchPlan } from './answer-plan.ts';
import { useLateAnswer } from './late-answer.ts';
import { notifyAtEnd, useLongRun } from './long-run.ts';
import { ReceiptCard } from './receipt-card.tsx';
import { RunActions, warmRunActions } from './run-actions.tsx';
import { sendReview, sendReviewsInTime } from './send-review.ts';
import { useRunTools } from './use-run-tools.ts';
import { useRunTries } from './use-run-tries.ts';

interface RunViewProps {
  readonly run: RunState;
  readonly compose: Pick<Compose, 'store' | 'shelf'>;
  readonly onCancel: () => void;
  readonly actions: EndActions;
  readonly ask: Pick<AskState, 'provider' | 'choice'>;
  readonly press: (kind: PressKind) => void;
}

/** The answer: progress, what went wrong if anything did, the plan, the drafts, where time and money went, the receipt. */
export function RunView(props: RunViewProps): ReactElement {
  const { run, compose, onCancel, actions, press } = props;
  const onRework = useCallback((item: string, note: string) => press({ item, note }), [press]);
  const { store } = compose;
  useRunTitle(run);
  const save = useSave(run, store);
  const busy = isBusy(run.status);
  const rightAway = useRightAway();
  useEffect(warmRunActions, []);
  useEffect(() => watchOnce(store), [store]);
  useLongRun(run, store);
  const late = useLateAnswer(run);
  const tools = useRunTools(run, compose, onRework);
  const tries = useRunTries(run, store, props.ask, press);

  return (
    <>
      <RunHead run={run} onCancel={onCancel} actions={<RunActions run={run} store={store} save={save} />} />
      {late !== undefined && (
        <p className="sheet pad small" role="status" data-testid="late">
          {late}
        </p>
      )}
      {!busy && <SaveNotice save={save} />}
      {!busy && <EndPanel run={run} actions={actions} />}
      {run.review && run.plan && run.id && (
        <PlanReview
          key={run.id}
          review={run.review}
          plan={run.plan}
          intent={run.intent}
          keyed={run.turnedAt !== undefined}
          rightAway={rightAway}
          onRightAway={rememberRightAway}
          onTouch={() => touchPlan(run.id ?? '')}
          onEdit={(change) => store.editReview(run.id ?? '', change)}
          onDraft={() => sendReview(store)}
        />
      )}
      {!run.review && (run.plan ?? run.intent) && (
        <PlanView plan={run.plan} intent={run.intent} planned={run.planned} />
      )}
      {run.plan && !run.review && (
        <DraftToolsRegion value={tools}>
          <TryRegion value={tries}>
            <DraftList store={store} plan={run.plan} drafts={run.drafts} calls={run.calls} busy={busy} />
          </TryRegion>
        </DraftToolsRegion>
      )}
      {/* Shown only once the plan is there: what appears above it later would push it down. */}
      {run.calls.length > 0 && (run.plan ?? !busy) && <Timeline run={run} />}
      {run.receipt && <ReceiptCard envelope={run.receipt} />}
      {busy && <FootBar run={run} onCancel={onCancel} />}
    </>
  );
}

const watched = new WeakSet<RunStore>();

/** What goes on with the run while another page of the tab is shown. */
function watchOnce(store: RunStore): void {
  if (watched.has(store)) return;
  watched.add(store);
  sendReviewsInTime(store);
  notifyAtEnd(store);
}
