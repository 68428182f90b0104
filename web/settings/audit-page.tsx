import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { Mine } from '../account/mine.tsx';
import { failureOf } from '../http/call.ts';
import { useAction } from '../http/use-action.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { TryAgain } from '../ui/try-again.tsx';
import styles from './audit.module.css';
import { exportAudit } from './audit-api.ts';
import { AuditEntryLine } from './audit-entry.tsx';
import { AuditSearch } from './audit-search.tsx';
import { useAudit, useAuditSearch } from './use-audit.ts';

/** The page `/settings/audit`: the workspace's audit log with search and export. */
export function AuditPage(): ReactElement {
  return (
    <Mine
      title="Audit log"
      what="What happened in your workspace: who, what, when, with which outcome. Sign in to see it."
    >
      <AuditLog />
    </Mine>
  );
}

function AuditLog(): ReactElement {
  const [search, setSearch] = useAuditSearch();
  const {
    data,
    error,
    isPending,
    isPlaceholderData,
    hasNextPage,
    isFetchingNextPage,
    fetchNextPage,
    refetch,
  } = useAudit(search);
  const { busy, failure, run } = useAction();
  const entries = data?.pages.flatMap((page) => page.entries) ?? [];
  const isFiltered = Object.values(search).some((value) => value !== '');

  return (
    <section className={`page ${styles['audit']}`}>
      <p className="small">
        <Link href="/settings">Settings</Link>
      </p>
      <div className="row titled">
        <h1>Audit log</h1>
        <button
          type="button"
          className="plain aside"
          aria-disabled={busy}
          onClick={() => void run(() => exportAudit(search))}
        >
          {busy ? 'Exporting…' : 'Export CSV'}
        </button>
      </div>
      <p className="small soft">
        Append-only: each entry’s hash covers the one before, so that an edit, a gap or a cut shows. A run on
        a key of yours is written as compose.byo, with nothing of the key.
      </p>
      <AuditSearch search={search} onSearch={setSearch} />
      {failure && <FailureNote failure={failure} />}
      {error !== null && (
        <FailureNote failure={failureOf(error)}>
          <TryAgain again={refetch} />
        </FailureNote>
      )}
      {isPending && <p className="soft">Loading…</p>}
      {data && entries.length === 0 && (
        <p className="soft" role="status">
          {isFiltered ? 'Nothing in the log fits this search.' : 'Nothing is written down yet.'}
        </p>
      )}
      {entries.length > 0 && (
        <ol className={`sheet ${styles['audit-list']}`} data-stale={isPlaceholderData || undefined}>
          {entries.map((entry) => (
            <AuditEntryLine key={entry.seq} entry={entry} />
          ))}
        </ol>
      )}
      {hasNextPage && (
        <button
          type="button"
          className="plain more"
          aria-disabled={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {isFetchingNextPage ? 'Loading…' : 'Show older'}
        </button>
      )}
    </section>
  );
}
