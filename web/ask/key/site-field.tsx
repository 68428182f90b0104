import type { ReactElement } from 'react';
import { toSite } from '../../../shared/contract/run-limits.ts';
import type { ProviderInfo } from '../../../shared/contract/server-config.ts';

export const SITE_ID = 'site';

interface SiteFieldProps {
  readonly site: NonNullable<ProviderInfo['site']>;
  readonly value: string;
  readonly disabled: boolean;
  readonly problem: string | undefined;
  readonly onSite: (site: string) => void;
}

/** What a provider's host depends on: Azure's resource, Bedrock's region. */
export function SiteField({ site, value, disabled, problem, onSite }: SiteFieldProps): ReactElement {
  const wrong = problem !== undefined || (value !== '' && !new RegExp(site.pattern).test(toSite(value)));
  return (
    <div className="field">
      <label className="label" htmlFor={SITE_ID}>
        {site.label}
      </label>
      <input
        id={SITE_ID}
        className="mono"
        value={value}
        disabled={disabled}
        aria-invalid={wrong}
        aria-describedby="site-problem"
        placeholder={site.hint}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onSite(event.currentTarget.value.trim())}
      />
      {wrong && (
        <p className="small bad" id="site-problem" role={problem ? 'alert' : undefined}>
          {problem ?? `Such as ${site.hint}`}
        </p>
      )}
    </div>
  );
}
