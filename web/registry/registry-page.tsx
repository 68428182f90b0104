import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link, useSearchParams } from 'wouter';
import type { BundleSummary } from '../../shared/contract/registry.ts';
import { failureOf } from '../http/call.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { formatAgo, plural } from '../ui/format.ts';
import { TryAgain } from '../ui/try-again.tsx';
import { useSettled } from '../ui/use-settled.ts';
import { StandingTag } from './curation/standing-note.tsx';
import { FilterRow } from './filter-row.tsx';
import styles from './registry.module.css';
import { bundlesQuery, FILTERS, type Filters, MAX_SHOWN } from './registry-api.ts';

const TYPING_PAUSE_MS = 180;

/** What is published here. Anyone may read it; the search is in the address. */
export function RegistryPage(): ReactElement {
  const { params, set } = useAddress();
  const typed = params.get('q') ?? '';
  const q = useSettled(typed, TYPING_PAUSE_MS);
  const filters = filtersIn(params);
  const { data, error, isPending, refetch } = useQuery({
    ...bundlesQuery(q, filters),
    placeholderData: keepPreviousData,
  });
  const isNarrowed = q !== '' || Object.keys(filters).length > 0;
  return (
    <section className={`page ${styles['registry']}`}>
      <div className="row titled">
        <h1>Registry</h1>
        <span className="soft num" role="status">
          {data && plural(data.total, 'bundle')}
        </span>
      </div>
      <label className="hidden" htmlFor="registry-q">
        Search bundles
      </label>
      <input
        id="registry-q"
        type="search"
        placeholder="Search bundles, skills and authors"
        maxLength={200}
        defaultValue={typed}
        autoComplete="off"
        onInput={(event) => set('q', event.currentTarget.value.trim())}
      />
      {data && <FilterRow choices={data.choices} filters={filters} onChoose={set} />}
      {error !== null && (
        <FailureNote failure={failureOf(error)}>
          <TryAgain again={refetch} />
        </FailureNote>
      )}
      {isPending && <p className="soft">Loading…</p>}
      {data?.total === 0 && (isNarrowed ? <NothingFound q={q} filters={filters} /> : <NothingYet />)}
      {data && data.bundles.length > 0 && (
        <ul className="sheet">
          {data.bundles.map((bundle) => (
            <Entry key={`${bundle.publisher}/${bundle.name}`} bundle={bundle} />
          ))}
        </ul>
      )}
      {data && data.total > MAX_SHOWN && (
        <p className="small soft">These are the newest {MAX_SHOWN}. Search to find others.</p>
      )}
    </section>
  );
}

/** What is looked for stands in the address, so that it can be sent to somebody. */
function useAddress(): {
  readonly params: URLSearchParams;
  readonly set: (name: string, value: string) => void;
} {
  const [params, setParams] = useSearchParams();
  const set = (name: string, value: string): void =>
    setParams(
      (known) => {
        const next = new URLSearchParams(known);
        if (value === '') next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  return { params, set };
}

function filtersIn(params: URLSearchParams): Filters {
  return Object.fromEntries(
    FILTERS.flatMap((name) => [[name, params.get(name) ?? '']]).filter(([, it]) => it),
  );
}

function NothingFound({ q, filters }: { readonly q: string; readonly filters: Filters }): ReactElement {
  const isFiltered = Object.keys(filters).length > 0;
  return (
    <p className="soft">
      {q === '' ? 'No bundle is like this.' : 'No bundle has enough of these words.'}{' '}
      {isFiltered && (
        <Link href={q === '' ? '/registry' : `/registry?q=${encodeURIComponent(q)}`}>
          Leave out the filters
        </Link>
      )}
    </p>
  );
}

function Entry({ bundle }: { readonly bundle: BundleSummary }): ReactElement {
  const { publisher, name, version, description, licence, visibility, skills, publishedAt, standing } =
    bundle;
  return (
    <li className={styles['entry']} data-testid="bundle-row">
      <h2>
        <Link href={`/b/${publisher}/${name}`}>{name}</Link>
      </h2>
      <p dir="auto">{description}</p>
      <p className="row small soft num">
        <span>{publisher}</span>
        <span>{version}</span>
        <span>{plural(skills.length, 'skill')}</span>
        <span>{licence}</span>
        {visibility !== 'public' && !standing && <span className="tag">{visibility}</span>}
        <StandingTag standing={standing} />
        <time dateTime={publishedAt}>{formatAgo(Date.now() - Date.parse(publishedAt))}</time>
      </p>
    </li>
  );
}

function NothingYet(): ReactElement {
  return (
    <div className="sheet pad">
      <h2>Nothing is published yet</h2>
      <p>A bundle is what one plan makes: its skills, signed by their author, installed with one command.</p>
      <p>
        To publish one, open one of <Link href="/me/plans">your plans</Link> and press Publish. From a
        terminal, <code>npm run publish -- FOLDER</code> in the folder of this server’s code does the same.
      </p>
    </div>
  );
}
