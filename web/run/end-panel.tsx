import type { ReactElement } from 'react';
import { formatAge } from '../ui/format.ts';
import { useNow } from '../ui/use-now.ts';
import { EndSheet } from './end-sheet.tsx';
import { endInWords, keptInWords } from './end-words.ts';
import type { NextStep } from './failure-advice.ts';
import { missingOf } from './state/missing.ts';
import type { RunState } from './state/run-state.ts';

/** What the page does for the buttons of the panel. */
export interface EndActions {
  /** Puts the focus on the field that the next step is about. */
  readonly onField: (field: 'key' | 'provider' | 'model' | 'goal' | 'cap') => void;
  readonly onRedo: () => void;
  readonly onAgain: () => void;
}

/** What happened to a run that did not end well, what was kept, and the button for the next step. */
export function EndPanel({
  run,
  actions,
}: {
  readonly run: RunState;
  readonly actions: EndActions;
}): ReactElement | null {
  const missing = missingOf(run);
  const words = endInWords(run, missing);
  if (!words) return null;
  const field = fieldOf(words.step);
  const { onField, onRedo, onAgain } = actions;

  return (
    <EndSheet
      tone={words.tone}
      title={words.title}
      message={words.message}
      said={words.said ?? []}
      kept={keptInWords(run)}
    >
      {field && (
        <button type="button" className="plain strong" onClick={() => onField(field)}>
          {FIELD_LABELS[field]}
        </button>
      )}
      {missing.length > 0 && run.rework && (
        <span className="small soft">Accept or refuse the reworked draft, then redo what is missing.</span>
      )}
      {missing.length > 0 && !run.rework && (
        <button type="button" className={field ? 'plain' : 'plain strong'} onClick={onRedo}>
          Redo what is missing <span className="num">({missing.length})</span>
        </button>
      )}
      {!run.plan && !field && (
        <button type="button" className="plain strong" onClick={onAgain}>
          Try again
        </button>
      )}
      {words.step === 'wait' && run.failure?.retryAfterSeconds !== undefined && (
        <Wait until={(run.endedAt ?? 0) + run.failure.retryAfterSeconds * 1000} />
      )}
    </EndSheet>
  );
}

const FIELD_LABELS = {
  key: 'Paste a key',
  provider: 'Choose the provider',
  model: 'Choose another model',
  goal: 'Edit the goal',
  cap: 'Change the cap',
};

function fieldOf(step: NextStep | undefined): keyof typeof FIELD_LABELS | undefined {
  return step === 'key' || step === 'provider' || step === 'model' || step === 'goal' || step === 'cap'
    ? step
    : undefined;
}

function Wait({ until }: { readonly until: number }): ReactElement | null {
  const now = useNow(true, 1000);
  return now < until ? (
    <span className="soft num">The provider asks to wait {formatAge(until - now)}.</span>
  ) : null;
}
