import type { ReactElement } from 'react';
import type { ModelInfo, ProviderInfo, ServerConfig } from '../../../shared/contract/server-config.ts';
import { part } from '../../chunks/part.tsx';
import { type Choice, chosenModel } from '../choice.ts';
import { ModelField } from '../model/model-field.tsx';
import { factsOf } from '../model/model-words.ts';
import type { Problem } from '../use-ask.ts';
import styles from './key-panel.module.css';

/** Only Azure OpenAI and Bedrock have one, so that it is loaded when one of them is chosen. */
const SiteField = part(
  () => import('./site-field.tsx'),
  (module) => module.SiteField,
);

export const PROVIDER_ID = 'provider';

interface ProviderFieldsProps {
  readonly config: ServerConfig;
  readonly provider: ProviderInfo;
  readonly choice: Choice;
  readonly onChoice: (choice: Choice) => void;
  readonly busy: boolean;
  /** The models that the key may use, where a check of it has told. */
  readonly allowed: readonly ModelInfo[] | undefined;
  readonly problem: Problem | undefined;
}

/** Provider, model with its price, and the resource or region of the providers that have one. */
export function ProviderFields(props: ProviderFieldsProps): ReactElement {
  const { config, provider, choice, onChoice, busy, allowed, problem } = props;
  const model = chosenModel(provider, choice);
  // The chosen one stays in the list, also when a check did not name it.
  const models = allowed ? withModel(allowed, provider.models, model) : provider.models;
  const facts = models.find(({ id }) => id === model);
  return (
    <>
      <div className={`two ${styles['choice']}`}>
        <div className="field">
          <label className="label" htmlFor={PROVIDER_ID}>
            Provider
          </label>
          <select
            id={PROVIDER_ID}
            value={provider.id}
            disabled={busy}
            onChange={({ currentTarget }) => onChoice({ ...choice, provider: currentTarget.value })}
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
      <p className={`small soft num ${styles['facts']}`}>{facts ? factsInWords(facts) : NO_FACTS}</p>
      {provider.site && (
        <SiteField
          site={provider.site}
          value={choice.sites[provider.id] ?? ''}
          disabled={busy}
          problem={problem?.field === 'site' ? problem.message : undefined}
          onSite={(next) => onChoice({ ...choice, sites: { ...choice.sites, [provider.id]: next } })}
        />
      )}
    </>
  );
}

const NO_FACTS = 'Price and context of this model are not known.';

function factsInWords(facts: ModelInfo): string {
  const words = factsOf(facts).join(' · ');
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}${facts.inputUsd ? ' per million tokens' : ''}`;
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
