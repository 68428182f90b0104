import type { ReactElement } from 'react';
import { toSite } from '../../shared/contract/run-request.ts';
import type { ProviderInfo } from '../../shared/contract/server-config.ts';

export const SITE_ID = 'site';

interface SiteFieldProps {
  readonly site: NonNullable<ProviderInfo['site']>;
  readonly value: string;
  readonly disabled: boolean;
  readonly onSite: (site: string) => void;
}

/** What a provider's host depends on: Azure's resource, Bedrock's region. */
export function SiteField({ site, value, disabled, onSite }: SiteFieldProps): ReactElement {
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
        aria-invalid={value !== '' && !new RegExp(site.pattern).test(toSite(value))}
        placeholder={site.hint}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onSite(event.currentTarget.value.trim())}
      />
    </div>
  );
}
