import type { ReactElement, ReactNode } from 'react';
import type { EventData } from '../../shared/contract/events.ts';
import type { Intent, Plan, PlanItem } from '../../shared/contract/plan.ts';
import styles from './plan-view.module.css';

interface PlanViewProps {
  readonly plan: Plan | undefined;
  readonly intent: Intent | undefined;
  /** Items of a plan that is still being written. */
  readonly planned?: readonly EventData<'planned'>[] | undefined;
}

/** What is reused, what is new, what is not covered; before there is a plan, what the goal asks for. */
export function PlanView({ plan, intent, planned = [] }: PlanViewProps): ReactElement {
  const needs = new Map(intent?.capabilities.map(({ id, need }) => [id, need]));
  return (
    <section className={`sheet pad ${styles['plan']}`} aria-labelledby="plan-title">
      <h2 id="plan-title">{titleOf(plan, planned.length)}</h2>
      <ul className={styles['plan-items']}>
        {plan
          ? plan.items.map((item) => <Item key={item.id} item={item} needs={needs} />)
          : planned.map((item) => <PlannedRow key={item.index} item={item} needs={needs} />)}
        {!plan &&
          intent?.capabilities
            .filter(({ id }) => !planned.some(({ covers }) => covers.includes(id)))
            .map(({ id, need }) => <Row key={id} tag="to be planned" text={need} />)}
        {plan?.uncovered.map(({ capability, need, reason }) => (
          <Row key={capability} tag="not covered" tone="warn" text={need} reason={reason} />
        ))}
      </ul>
      {intent && <IntentDetails intent={intent} />}
    </section>
  );
}

function titleOf(plan: Plan | undefined, planned: number): string {
  if (plan) return 'Plan';
  return planned > 0 ? 'Plan, being written' : 'What the goal asks for';
}

function PlannedRow({
  item: { name, action, covers },
  needs,
}: {
  readonly item: EventData<'planned'>;
  readonly needs: ReadonlyMap<string, string>;
}): ReactElement {
  const text = covers.flatMap((id) => needs.get(id) ?? []).join('; ');
  return action === 'reuse' ? (
    <Row name={name} tag="reused" text={text} />
  ) : (
    <Row name={name} tag="new" tone="new" text={text} />
  );
}

function Item({
  item,
  needs,
}: {
  readonly item: PlanItem;
  readonly needs: ReadonlyMap<string, string>;
}): ReactElement {
  const { id, action, name, reason, covers, ref } = item;
  const text = covers.map((capability) => needs.get(capability) ?? capability).join('; ');
  if (action === 'reuse')
    return (
      <Row
        name={name}
        tag={`reused · ${ref?.owner ?? ''} ${ref?.version ?? ''}`}
        text={text}
        reason={reason}
      />
    );
  return (
    <Row
      name={<a href={`#draft-${id}`}>{name}</a>}
      tag="new"
      tone="new"
      text={text}
      reason={filesInWords(item.files)}
    />
  );
}

/** The files that a skill will have beside its SKILL.md; most have none. */
function filesInWords(files: PlanItem['files'] = []): string | undefined {
  return files.length === 0 ? undefined : `With ${files.map(({ path }) => path).join(', ')}`;
}

interface RowProps {
  readonly name?: ReactNode;
  readonly tag: string;
  readonly tone?: 'new' | 'warn';
  readonly text: string;
  readonly reason?: string | undefined;
}

function Row({ name, tag, tone, text, reason }: RowProps): ReactElement {
  return (
    <li>
      <span className={styles['name']}>
        {name && <span className="skill-name">{name}</span>}
        <span className={`tag ${tone ?? ''}`}>{tag}</span>
      </span>
      <span>
        {text}
        {reason && <span className={`soft ${styles['reason']}`}>{reason}</span>}
      </span>
    </li>
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
