import type { ReactElement } from 'react';
import type { Analysis } from '../../../shared/contract/plan.ts';
import { PlanDiff } from '../../plans/conflict/plan-diff.tsx';
import { changedParts } from '../../plans/plan-parts.ts';
import type { RunState } from '../../run/state/run-state.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { formatSeconds, formatTenths, formatTokens, formatUsd } from '../../ui/format.ts';
import styles from './earlier-runs.module.css';

interface CompareDialogProps {
  readonly earlier: RunState;
  readonly shown: RunState;
  readonly onClose: () => void;
}

/** Two runs of this tab: what each cost and reached, then where their plans and drafts differ. A chunk of its own. */
export function CompareDialog({ earlier, shown, onClose }: CompareDialogProps): ReactElement {
  const parts = changedParts(partsOf(earlier), partsOf(shown));
  return (
    <Dialog title="Two runs of this tab" wide onClose={onClose}>
      <table className={`num ${styles['compared']}`}>
        <thead>
          <tr>
            <td />
            <th scope="col">Earlier</th>
            <th scope="col">Shown</th>
          </tr>
        </thead>
        <tbody>
          {FACTS.map(([name, fact]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td dir="auto">{fact(earlier)}</td>
              <td dir="auto">{fact(shown)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {parts.length === 0 ? (
        <p>Plans and drafts are the same.</p>
      ) : (
        <PlanDiff parts={parts} theirs="earlier" mine="shown" />
      )}
    </Dialog>
  );
}

const FACTS: readonly (readonly [string, (run: RunState) => string])[] = [
  ['Goal', ({ asked }) => asked?.goal ?? ''],
  ['Model', ({ asked }) => (asked ? `${asked.providerName}, ${asked.model}` : '')],
  ['Drafts', ({ drafts }) => String(Object.values(drafts).filter(({ draft }) => draft).length)],
  ['Mean score', meanScore],
  ['Time', ({ startedAt, endedAt }) => formatSeconds((endedAt ?? startedAt) - startedAt)],
  ['Tokens', ({ usage }) => (usage ? formatTokens(usage.inputTokens + usage.outputTokens) : 'unknown')],
  ['Cost', ({ usage }) => formatUsd(usage?.costUsd ?? null)],
];

function meanScore({ drafts }: RunState): string {
  const scores = analysesOf(drafts).flatMap(({ scores: given }) =>
    given ? [given.specificity, given.completeness, given.safety, given.goalAlignment] : [],
  );
  if (scores.length === 0) return 'none';
  return `${formatTenths(scores.reduce((sum, score) => sum + score, 0) / scores.length)} of 10`;
}

function partsOf({ plan, drafts }: RunState) {
  return {
    title: plan?.title ?? '',
    plan: plan ?? null,
    drafts: Object.values(drafts).flatMap(({ draft }) => draft ?? []),
    analyses: analysesOf(drafts),
  };
}

function analysesOf(drafts: RunState['drafts']): Analysis[] {
  return Object.values(drafts).flatMap(({ analysis }) => analysis ?? []);
}
