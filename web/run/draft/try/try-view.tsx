import { type ReactElement, useState } from 'react';
import type { RunEstimate } from '../../../../shared/compose/estimate.ts';
import type { Draft } from '../../../../shared/contract/plan.ts';
import type { Usage } from '../../../../shared/contract/usage.ts';
import { formatTokens, formatUsd } from '../../../ui/format.ts';
import { EvalsForm } from './evals-form.tsx';
import styles from './try.module.css';
import { TryPicture } from './try-picture.tsx';
import type { TryTools } from './try-tools.ts';

interface TryViewProps {
  readonly draft: Draft;
  readonly tools: TryTools;
}

/** What was paid, or where no price is known what was read and written. */
const spent = ({ costUsd, inputTokens, outputTokens }: Usage): string =>
  costUsd === null ? `${formatTokens(inputTokens + outputTokens)} tokens` : formatUsd(costUsd);

/** Does a model load this skill when it should, and does its text do the work? What it costs, before and after. */
export function TryView({ draft, tools }: TryViewProps): ReactElement {
  const { item, manifest, digest } = draft;
  const [editing, setEditing] = useState(false);
  const evals = tools.evals[item];
  const trial = tools.trials[item];
  const { change } = tools;
  return (
    <div className={styles['try']}>
      <p className="small soft">
        Ten prompts that should load this skill and ten near misses are put to the model among the plan’s and
        the catalogue’s skills; then it does one task with the text, and the answer is judged.
      </p>
      <Actions name={manifest.name} item={item} tools={tools} />
      {trial && (
        <>
          <p className="small soft">
            Tried with {trial.model} at {trial.provider}.
            {trial.digest !== digest && ' That was another text: the draft was changed since.'}
            {tools.used && !tools.busy && ` The last try took ${spent(tools.used)}.`}
          </p>
          {trial.problem !== undefined && (
            <p className="small">
              <span className="tag warn">not all tried</span> {trial.problem} What came is kept; try again for
              the rest.
            </p>
          )}
          <TryPicture trial={trial} name={manifest.name} />
        </>
      )}
      {evals && change && !tools.busy && (
        <button type="button" className="plain" aria-expanded={editing} onClick={() => setEditing(!editing)}>
          Prompts and task
        </button>
      )}
      {evals && change && editing && !tools.busy && (
        <EvalsForm
          evals={evals}
          onChange={(next) => {
            change(next);
            setEditing(false);
          }}
        />
      )}
    </div>
  );
}

interface ActionsProps {
  readonly name: string;
  readonly item: string;
  readonly tools: TryTools;
}

function Actions({ name, item, tools }: ActionsProps): ReactElement | null {
  const { start, estimate, busy, items, href, on } = tools;
  if (busy) return <p role="status">Trying…</p>;
  if (!start)
    return href === undefined ? null : (
      <p>
        <a href={href}>Open in Compose to try it</a>
      </p>
    );
  const one = estimate?.([item]);
  const all = items.length > 1 ? estimate?.(items) : undefined;
  return (
    <>
      <div className="row actions">
        <button type="button" className="plain strong" onClick={() => start([item])}>
          Try {name}
        </button>
        {one && <span className="small soft num">{costInWords(one)}</span>}
        {items.length > 1 && (
          <button type="button" className="plain" onClick={() => start(items)}>
            Try all {items.length}
          </button>
        )}
        {all && <span className="small soft num">{costInWords(all)}</span>}
      </div>
      {on !== undefined && (
        <p className="small soft">
          On this server, with {on}.{href !== undefined && ' '}
          {href !== undefined && <a href={href}>Or with your own key, in Compose</a>}
        </p>
      )}
    </>
  );
}

/** `about $0.01 to $0.03`; tokens where no price is known. */
function costInWords({ lowTokens, highTokens, lowUsd, highUsd }: RunEstimate): string {
  if (lowUsd === null || highUsd === null)
    return `about ${formatTokens(lowTokens)} to ${formatTokens(highTokens)} tokens`;
  return highUsd === 0 ? 'free' : `about ${formatUsd(lowUsd)} to ${formatUsd(highUsd)}`;
}
