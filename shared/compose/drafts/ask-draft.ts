import type { Failure } from '../../contract/failure.ts';
import type { Draft, PlanItem } from '../../contract/plan.ts';
import { type Repair, readDraft } from '../answers/read-draft.ts';
import { concernsOneAnswer, ENGINE_FAILURES } from '../calls/engine-failures.ts';
import { draftCall, type Rewrite } from '../prompts/draft.ts';
import { type Defect, defectsOf } from './defects.ts';
import { type DraftingRun, surroundingsOf } from './drafting-run.ts';
import { writeDraft } from './write-draft.ts';

/** What one call for a body came to. A draft with `defects` is usable, and may be asked for once more. */
export type Attempt =
  | {
      readonly kind: 'draft';
      readonly draft: Draft;
      readonly repairs: readonly Repair[];
      readonly defects: readonly Defect[];
    }
  | { readonly kind: 'failure'; readonly failure: Failure }
  | { readonly kind: 'stopped' };

/** One call that writes a body, in a lane of its own. A failure that would meet every call ends the run's calls. */
export function askDraft(
  run: DraftingRun,
  item: PlanItem,
  revision: number,
  rewrite?: Rewrite,
): Promise<Attempt> {
  return run.lane(async () => {
    const call = draftCall(run, item, revision, rewrite);
    const reply = await run.calls.make(call, (delta) => run.queue.text(item.id, revision, delta));
    if (reply.kind === 'failure' && !concernsOneAnswer(reply.failure))
      run.calls.endAfterRunning(reply.failure);
    if (reply.kind !== 'text') return reply;

    const reading = readDraft(reply.text);
    if (reading.kind !== 'body') {
      const failure = reading.kind === 'refused' ? ENGINE_FAILURES.refused : ENGINE_FAILURES.empty;
      // The call succeeded but its text cannot be used. The failure is shown at the call, where people look for the item's fate.
      const { id, phase } = call;
      run.queue.push({
        event: 'call',
        data: { call: id, phase, item: item.id, state: 'failed', error: failure },
      });
      return { kind: 'failure', failure };
    }
    return {
      kind: 'draft',
      draft: await writeDraft(item, revision, { body: reading.body }, run.options.license),
      repairs: reading.repairs,
      defects: defectsOf(reading.body, surroundingsOf(run, item)),
    };
  });
}
