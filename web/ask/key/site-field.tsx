import { type ReactElement, useState } from 'react';
import { toSite } from '../../../shared/contract/run-limits.ts';
import type { ProviderInfo } from '../../../shared/contract/server-config.ts';
import { holdsKey, KEY_IN_MODEL } from '../model/model-id.ts';

export const SITE_ID = 'site';
/** Azure's old keys have no form of their own; no resource is called so. */
const AZURE_KEY = /^[\da-f]{32}$/i;

interface SiteFieldProps {
  readonly site: NonNullable<ProviderInfo['site']>;
  readonly value: string;
  readonly disabled: boolean;
  readonly problem: string | undefined;
  readonly onSite: (site: string) => void;
}

/** What a provider's host depends on: Azure's resource, Bedrock's region. */
export function SiteField({ site, value, disabled, problem, onSite }: SiteFieldProps): ReactElement {
  const [refused, setRefused] = useState(false);
  const wrong =
    refused || problem !== undefined || (value !== '' && !new RegExp(site.pattern).test(toSite(value)));
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
        onChange={({ currentTarget }) => {
          const next = currentTarget.value.trim();
          const isKey = holdsKey(next) || AZURE_KEY.test(next);
          setRefused(isKey);
          // A site is kept in this browser. What was there before stays: React puts it back.
          if (!isKey) onSite(next);
        }}
      />
      {wrong && (
        <p className="small bad" id="site-problem" role={refused || problem ? 'alert' : undefined}>
          {refused ? KEY_IN_MODEL : (problem ?? `Such as ${site.hint}`)}
        </p>
      )}
    </div>
  );
}
