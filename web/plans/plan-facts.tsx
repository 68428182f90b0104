import type { ReactElement } from 'react';
import type { SavedPlan } from '../../shared/contract/saved-plan.ts';
import { useServerConfig } from '../config/server-config.ts';
import { formatDayAndTime } from '../ui/dates.ts';
import { formatTokens, formatUsd, plural } from '../ui/format.ts';

/** Where a plan came from, what it cost and when. */
export function PlanFacts({
  plan,
  missing,
}: {
  readonly plan: SavedPlan;
  readonly missing: number;
}): ReactElement {
  const { data } = useServerConfig();
  const { origin, usage, outcome, drafts } = plan;
  const provider = data?.config.providers.find(({ id }) => id === origin.provider)?.name ?? origin.provider;
  const about = usage.estimated ? 'about ' : '';
  const facts: readonly (readonly [string, string])[] = [
    ['Made by', `${provider}, ${origin.model}`],
    ['Drafts', missing > 0 ? `${drafts.length}, ${missing} to finish` : String(drafts.length)],
    ['Run', { done: 'came to its end', failed: 'failed', cancelled: 'was stopped' }[outcome]],
    ['Tokens', about + formatTokens(usage.inputTokens + usage.outputTokens)],
    ['Cost', usage.costUsd === null ? 'unknown' : about + formatUsd(usage.costUsd)],
    ['Saved', dayAndTime(plan.createdAt)],
    ...(plan.rev > 1
      ? [['Changed', `${dayAndTime(plan.updatedAt)}, ${plural(plan.rev - 1, 'time')}`] as const]
      : []),
  ];
  return (
    <dl className="facts-row num">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function dayAndTime(iso: string): string {
  return formatDayAndTime(iso);
}
