import type { ReactElement } from 'react';
import { Link, useSearchParams } from 'wouter';
import { PLAN_SORTS, type PlanSort } from '../../shared/contract/saved-plan.ts';
import { Mine } from '../account/mine.tsx';
import { useServerConfig } from '../config/server-config.ts';
import { RunList } from '../hosted/run-list.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { plural } from '../ui/format.ts';
import { TryAgain } from '../ui/try-again.tsx';
import { ImportSkills } from './import/import-skills.tsx';
import { PlanRow } from './plan-row.tsx';
import styles from './plans.module.css';
import { usePlans } from './use-plans.ts';

/** The page `/me/plans`: all saved plans with search and sorting. */
export function PlansPage(): ReactElement {
  return (
    <Mine
      title="My plans"
      what="Plans that you save are here: to read, export, and go on with. Sign in to see yours."
    >
      <PlanList />
    </Mine>
  );
}

const SORT_NAMES: Record<PlanSort, string> = { updated: 'Last changed', created: 'Newest', title: 'Title' };

/** Search and order are in the address, so that back and reload keep them. */
function PlanList(): ReactElement {
  const [params, setParams] = useSearchParams();
  const q = params.get('q') ?? '';
  const sort = PLAN_SORTS.find((known) => known === params.get('sort')) ?? 'updated';
  const { plans, total, error, isPending, isStale, more, refetch } = usePlans({ q, sort });
  const { data: config } = useServerConfig();

  const change = (name: string, value: string): void =>
    setParams(
      (known) => {
        const next = new URLSearchParams(known);
        if (value === '') next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  const isEmpty = !isPending && !error && total === 0;

  return (
    <section className={`page ${styles['plans-page']}`}>
      <div className="row titled">
        <h1 tabIndex={-1} id="plans-title">
          My plans
        </h1>
        <span className="soft num" role="status">
          {total !== undefined && !isStale && plural(total, 'plan')}
        </span>
        <Link className="aside" href="/compose">
          New plan
        </Link>
        <ImportSkills />
      </div>
      {config?.config.hosted && <RunList />}
      {(q !== '' || !isEmpty) && (
        // biome-ignore lint/a11y/useSemanticElements: React and browsers of 2023 do not know <search>
        <div className={styles['plan-search']} role="search">
          <label className="hidden" htmlFor="plan-q">
            Search plans
          </label>
          <input
            id="plan-q"
            type="search"
            placeholder="Search titles, goals and skills"
            maxLength={200}
            defaultValue={q}
            autoComplete="off"
            onInput={(event) => change('q', event.currentTarget.value.trim())}
          />
          <label className="hidden" htmlFor="plan-sort">
            Order
          </label>
          <select id="plan-sort" value={sort} onChange={(event) => change('sort', event.currentTarget.value)}>
            {PLAN_SORTS.map((name) => (
              <option key={name} value={name}>
                {SORT_NAMES[name]}
              </option>
            ))}
          </select>
        </div>
      )}
      {error && (
        <FailureNote failure={error}>
          <TryAgain again={refetch} />
        </FailureNote>
      )}
      {isPending && <p className="soft">Loading…</p>}
      {isEmpty &&
        (q === '' ? <NoPlans /> : <p className="soft">No plan has all of these words. Try fewer.</p>)}
      {plans.length > 0 && (
        <ul className={`sheet ${styles['plan-list']}`} data-stale={isStale || undefined}>
          {plans.map((plan) => (
            <PlanRow key={plan.id} plan={plan} />
          ))}
        </ul>
      )}
      {more && (
        <button type="button" className="plain more" aria-disabled={more.busy} onClick={more.load}>
          {more.busy ? 'Loading…' : 'Show more'}
        </button>
      )}
    </section>
  );
}

function NoPlans(): ReactElement {
  return (
    <div className="sheet pad">
      <h2>Nothing saved yet</h2>
      <p>
        When a run is over, “Save plan” puts it here: the goal, the plan, every draft with its findings and
        scores, what it cost and where it came from. Never a key, and nothing made from one.
      </p>
      <p>
        <Link href="/compose">Plan something</Link>
      </p>
    </div>
  );
}
