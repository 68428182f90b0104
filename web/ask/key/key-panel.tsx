import type { ReactElement, RefObject } from 'react';
import type { ModelInfo, ProviderInfo, ServerConfig } from '../../../shared/contract/server-config.ts';
import { part } from '../../chunks/part.tsx';
import { KeyLink } from '../../key/key-link.tsx';
import { KeyIcon } from '../../ui/icons.tsx';
import { SaidFold } from '../../ui/said-fold.tsx';
import { type Choice, chosenModel, providerHost } from '../choice.ts';
import { ModelField } from '../model/model-field.tsx';
import { factsOf } from '../model/model-words.ts';
import type { Problem } from '../use-ask.ts';
import { KeyField, type KeyHandle } from './key-field.tsx';
import styles from './key-panel.module.css';
import { KeyStatus } from './key-status.tsx';
import type { KeyPanelState } from './use-key-panel.ts';
import { WhoSees } from './who-sees.tsx';

/** Two vendors have one. */
const SiteField = part(
  () => import('./site-field.tsx'),
  (module) => module.SiteField,
);

export const KEY_ID = 'provider-key';
export const PROVIDER_ID = 'provider';

interface KeyPanelProps {
  readonly config: ServerConfig;
  readonly provider: ProviderInfo;
  readonly choice: Choice;
  readonly onChoice: (choice: Choice) => void;
  readonly busy: boolean;
  readonly turnedAt: number | undefined;
  readonly notices: readonly string[];
  readonly handle: RefObject<KeyHandle | null>;
  readonly panel: KeyPanelState;
  readonly problem: Problem | undefined;
}

/** Provider, model and key. Brass fills the panel while the field holds a key, and drains when it is turned. */
export function KeyPanel({
  config,
  provider,
  choice,
  onChoice,
  busy,
  turnedAt,
  notices,
  handle,
  panel,
  problem,
}: KeyPanelProps): ReactElement {
  const takesKey = provider.key !== 'none';
  const site = choice.sites[provider.id] ?? '';
  const model = chosenModel(provider, choice);
  // The chosen one stays in the list, also when a check did not name it.
  const models = panel.check.models ? withModel(panel.check.models, provider.models, model) : provider.models;
  const facts = models.find(({ id }) => id === model);
  const state = panel.holds ? 'held' : turnedAt !== undefined && takesKey ? 'gone' : 'empty';

  const chooseProvider = (id: string): void => onChoice({ ...choice, provider: id });

  return (
    <section
      className={`sheet pad ${styles['key']}`}
      data-key={takesKey ? state : 'none'}
      aria-labelledby="key-title"
    >
      <div className="row titled">
        <KeyIcon size={17} />
        <h2 id="key-title">Your key</h2>
        <KeyLink />
      </div>
      <div className={`two ${styles['choice']}`}>
        <div className="field">
          <label className="label" htmlFor={PROVIDER_ID}>
            Provider
          </label>
          <select
            id={PROVIDER_ID}
            value={provider.id}
            disabled={busy}
            onChange={(event) => chooseProvider(event.currentTarget.value)}
          >
            {config.providers.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <ModelField
          key={provider.id}
          provider={provider.id}
          models={models}
          model={model}
          disabled={busy}
          problem={problem?.field === 'model' ? problem.message : undefined}
          onModel={(id) => onChoice({ ...choice, models: { ...choice.models, [provider.id]: id } })}
        />
      </div>
      <p className={`small soft num ${styles['facts']}`}>
        {facts
          ? `${capitalized(factsOf(facts).join(' · '))}${facts.inputUsd ? ' per million tokens' : ''}`
          : 'Price and context of this model are not known.'}
      </p>
      {provider.site && (
        <SiteField
          site={provider.site}
          value={site}
          disabled={busy}
          problem={problem?.field === 'site' ? problem.message : undefined}
          onSite={(next) => onChoice({ ...choice, sites: { ...choice.sites, [provider.id]: next } })}
        />
      )}
      {takesKey && (
        <div className="field">
          <span className="row label">
            <label htmlFor={KEY_ID}>{provider.key === 'optional' ? 'Key (may stay empty)' : 'Key'}</label>
            <button
              type="button"
              className="link aside"
              disabled={(state !== 'held' && provider.key !== 'optional') || panel.check.state === 'checking'}
              onClick={panel.onCheck}
            >
              {provider.key === 'optional' && state !== 'held' ? 'Check' : 'Check my key'}
            </button>
          </span>
          <KeyField
            id={KEY_ID}
            handle={handle}
            disabled={busy}
            describedBy="key-status"
            wrong={(state === 'held' && panel.hint !== undefined) || problem?.field === 'key'}
            placeholder={state === 'gone' ? '' : provider.keyHint}
            onFocus={panel.onFocus}
            onHolds={panel.onHolds}
          />
        </div>
      )}
      <KeyStatus
        provider={provider}
        state={takesKey ? state : 'none'}
        busy={busy}
        turnedAt={turnedAt}
        notices={notices}
        panel={panel}
        problem={problem?.field === 'key' ? problem.message : undefined}
        providers={config.providers}
        onProvider={chooseProvider}
      />
      <SaidFold said={panel.check.said === undefined ? [] : [panel.check.said]} />
      <WhoSees provider={provider} host={providerHost(provider, site)} me={config.me} />
    </section>
  );
}

/** Keeps the panel's place while the providers are asked for. */
export function KeyPanelWaiting(): ReactElement {
  return <div className={`sheet ${styles['waiting']}`} />;
}

function capitalized(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

function withModel(
  allowed: readonly ModelInfo[],
  known: readonly ModelInfo[],
  model: string,
): readonly ModelInfo[] {
  return allowed.some(({ id }) => id === model)
    ? allowed
    : [...known.filter(({ id }) => id === model), ...allowed];
}
