import { type ReactElement, useId } from 'react';
import { AUDIT_ACTIONS } from '../../shared/contract/audit.ts';
import styles from './audit.module.css';
import type { AuditSearch as Search } from './audit-api.ts';

interface AuditSearchProps {
  readonly search: Search;
  readonly onSearch: (change: Partial<Search>) => void;
}

const GROUPS = [...new Set(AUDIT_ACTIONS.map((action) => action.split('.')[0] ?? action))];

export function AuditSearch({ search, onSearch }: AuditSearchProps): ReactElement {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: React and browsers of 2023 do not know <search>
    <div className={styles['audit-search']} role="search">
      <div className="field">
        <label className="label" htmlFor={`${id}-handle`}>
          Handle
        </label>
        <input
          id={`${id}-handle`}
          defaultValue={search.handle}
          maxLength={39}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          onInput={(event) =>
            onSearch({ handle: event.currentTarget.value.replaceAll(/[^a-zA-Z0-9-]/g, '') })
          }
        />
      </div>
      <div className="field">
        <label className="label" htmlFor={`${id}-action`}>
          Action
        </label>
        <select
          id={`${id}-action`}
          value={search.action}
          onChange={(event) => onSearch({ action: event.currentTarget.value })}
        >
          <option value="">Any</option>
          {GROUPS.map((group) => (
            <optgroup key={group} label={group}>
              {AUDIT_ACTIONS.filter((action) => action.startsWith(`${group}.`)).length > 1 && (
                <option value={group}>{group}: all</option>
              )}
              {AUDIT_ACTIONS.filter((action) => action.startsWith(`${group}.`)).map((action) => (
                <option key={action} value={action}>
                  {action}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </div>
      <div className="field">
        <label className="label" htmlFor={`${id}-from`}>
          From
        </label>
        <input
          id={`${id}-from`}
          type="date"
          value={search.from}
          onChange={(event) => onSearch({ from: event.currentTarget.value })}
        />
      </div>
      <div className="field">
        <label className="label" htmlFor={`${id}-to`}>
          To
        </label>
        <input
          id={`${id}-to`}
          type="date"
          value={search.to}
          onChange={(event) => onSearch({ to: event.currentTarget.value })}
        />
      </div>
    </div>
  );
}
