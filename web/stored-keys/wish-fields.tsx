import type { ReactElement } from 'react';
import type { ProviderInfo } from '../../shared/contract/server-config.ts';
import { MAX_KEY_NAME_CHARS } from '../../shared/contract/vault/stored-key.ts';
import { TextField } from '../ui/text-field.tsx';
import styles from './stored-keys.module.css';
import type { AddKey } from './use-add-key.ts';
import { checkModel } from './wish.ts';

/** Provider, name, the provider's site where it has one, and the model that the check asks. */
export function WishFields({ add }: { readonly add: AddKey }): ReactElement {
  const { providers, provider, wish, change, busy, failure } = add;
  const problemOf = (field: string): string | undefined =>
    failure?.field === field ? failure.message : undefined;
  return (
    <div className={styles['wish']}>
      <label className="field">
        <span className="label">Provider</span>
        <select
          value={wish.provider}
          disabled={busy}
          onChange={({ currentTarget }) =>
            change({ provider: currentTarget.value, site: '', model: undefined, typed: false })
          }
        >
          {providers.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <TextField
        label="Name"
        maxLength={MAX_KEY_NAME_CHARS}
        placeholder="nightly runs"
        autoComplete="off"
        disabled={busy}
        value={wish.name}
        onChange={({ currentTarget }) => change({ name: currentTarget.value })}
        problem={problemOf('name')}
      />
      {provider?.site && (
        <TextField
          label={provider.site.label}
          className="mono"
          placeholder={provider.site.hint}
          autoComplete="off"
          spellCheck={false}
          disabled={busy}
          value={wish.site}
          onChange={({ currentTarget }) => change({ site: currentTarget.value.trim() })}
          problem={problemOf('site')}
        />
      )}
      {provider && <ModelPart add={add} provider={provider} problem={problemOf('model')} />}
    </div>
  );
}

interface ModelPartProps {
  readonly add: AddKey;
  readonly provider: ProviderInfo;
  readonly problem: string | undefined;
}

/** One of those that are listed, or any other id, as of a deployment. */
function ModelPart({ add: { wish, change, busy }, provider, problem }: ModelPartProps): ReactElement {
  if (wish.typed || provider.models.length === 0)
    return (
      <TextField
        label="Checked with the model"
        className="mono"
        maxLength={128}
        autoComplete="off"
        spellCheck={false}
        autoFocus={wish.typed}
        disabled={busy}
        value={wish.model ?? ''}
        onChange={({ currentTarget }) => change({ model: currentTarget.value.trim() })}
        problem={problem}
      />
    );
  return (
    <label className="field">
      <span className="label">Checked with</span>
      <select
        value={checkModel(wish, provider)}
        disabled={busy}
        aria-invalid={problem !== undefined}
        onChange={({ currentTarget: { value } }) => change({ model: value, typed: value === '' })}
      >
        {provider.models.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
        <option value="">Another model id…</option>
      </select>
      {problem && <span className="small bad">{problem}</span>}
    </label>
  );
}
