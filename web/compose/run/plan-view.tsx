import type { ReactElement } from 'react';
import type { Intent, Plan } from '../../../shared/contract/plan.ts';

/** What is reused, what is new, what is not covered; and how the goal was read. */
export function PlanView({ plan, intent }: { readonly plan: Plan; readonly intent: Intent | undefined }): ReactElement {
  const needs = new Map(intent?.capabilities.map(({ id, need }) => [id, need]));
  return (
    <section className="sheet pad plan" aria-labelledby="plan-title">
      <h2 id="plan-title">Plan</h2>
      <ul className="plan-items">
        {plan.items.map(({ id, action, name, reason, covers, ref }) => (
          <li key={id}>
            <span className="name">
              {action === 'create' ? (
                <a className="skill-name" href={`#draft-${id}`}>
                  {name}
                </a>
              ) : (
                <span className="skill-name">{name}</span>
              )}
              <span className={`tag ${action === 'create' ? 'new' : ''}`}>
                {action === 'create' ? 'new' : `reused · ${ref?.owner ?? ''} ${ref?.version ?? ''}`}
              </span>
            </span>
            <span className="covers">
              {covers.map((capability) => needs.get(capability) ?? capability).join('; ')}
              {action === 'reuse' && <span className="soft reason">{reason}</span>}
            </span>
          </li>
        ))}
        {plan.uncovered.map(({ capability, need, reason }) => (
          <li key={capability}>
            <span className="name">
              <span className="tag warn">not covered</span>
            </span>
            <span className="covers">
              {need}
              <span className="soft reason">{reason}</span>
            </span>
          </li>
        ))}
      </ul>
      {intent && <IntentDetails intent={intent} />}
    </section>
  );
}

function IntentDetails({ intent }: { readonly intent: Intent }): ReactElement | null {
  const lists = [
    ['Constraints', intent.constraints],
    ['Assumptions', intent.assumptions],
  ] as const;
  if (lists.every(([, lines]) => lines.length === 0)) return null;
  return (
    <details className="small">
      <summary>How the goal was read</summary>
      <p>{intent.summary}</p>
      <dl>
        {lists
          .filter(([, lines]) => lines.length > 0)
          .map(([title, lines]) => (
            <div key={title}>
              <dt className="soft">{title}</dt>
              {lines.map((line) => (
                <dd key={line}>{line}</dd>
              ))}
            </div>
          ))}
      </dl>
    </details>
  );
}
