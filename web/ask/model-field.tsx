import { type ReactElement, useState } from 'react';
import { defaultModel } from '../../shared/compose/default-model.ts';
import type { ModelInfo } from '../../shared/contract/server-config.ts';
import { formatContext } from '../ui/format.ts';

export const MODEL_ID = 'model';
/** No model id: ids have no blanks. */
const OTHER = 'another id';

interface ModelFieldProps {
  readonly models: readonly ModelInfo[];
  readonly model: string;
  readonly onModel: (model: string) => void;
  readonly disabled: boolean;
  readonly problem: string | undefined;
}

/** The provider's models, newest first as the server sends them, or any other id (fine-tunes, deployments), typed. */
export function ModelField({ models, model, onModel, disabled, problem }: ModelFieldProps): ReactElement {
  const known = models.find(({ id }) => id === model);
  const [asked, setAsked] = useState(false);
  const typing = models.length === 0 || asked || (!known && model !== '');

  if (typing) {
    return (
      <div className="field">
        <span className="row label">
          <label htmlFor={MODEL_ID}>Model id</label>
          {models.length > 0 && (
            <button
              type="button"
              className="link"
              disabled={disabled}
              onClick={() => {
                setAsked(false);
                onModel(defaultModel(models)?.id ?? '');
              }}
            >
              List
            </button>
          )}
        </span>
        <input
          id={MODEL_ID}
          ref={asked ? focusOnce : undefined}
          className="mono"
          value={model}
          disabled={disabled}
          required
          aria-invalid={problem !== undefined}
          maxLength={128}
          pattern="[\w.:\/@\-]+"
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onModel(event.currentTarget.value.trim())}
        />
        {problem && (
          <p className="small bad" role="alert">
            {problem}
          </p>
        )}
      </div>
    );
  }
  return (
    <div className="field">
      <label className="label" htmlFor={MODEL_ID}>
        Model
      </label>
      <select
        id={MODEL_ID}
        value={model}
        disabled={disabled}
        onChange={({ currentTarget: { value } }) => {
          setAsked(value === OTHER);
          onModel(value === OTHER ? '' : value);
        }}
      >
        {models.map((option) => (
          <option key={option.id} value={option.id}>
            {/* The chosen one without its numbers: they stand below the field, and a closed select has no room. */}
            {option.id === model ? option.id : [option.id, ...factsOf(option)].join(' · ')}
          </option>
        ))}
        <option value={OTHER}>Another model id…</option>
      </select>
    </div>
  );
}

/** The list that had the focus is gone. Outside of the component: a new function each time would take the focus again. */
function focusOnce(input: HTMLInputElement | null): void {
  input?.focus();
}

const SOON_MS = 30 * 86_400_000;

/** `shuts down on 2026-12-24`, `200K context`, `$3 in, $15 out`: only what is known, and of an end only when it is near. */
export function factsOf(
  { contextTokens, inputUsd, outputUsd, endsOn }: ModelInfo,
  now = Date.now(),
): readonly string[] {
  const ends = endsOn !== undefined && Date.parse(endsOn) - now < SOON_MS ? [`shuts down on ${endsOn}`] : [];
  const context = contextTokens === null ? [] : [`${formatContext(contextTokens)} context`];
  const price =
    inputUsd === null || outputUsd === null ? 'price unknown' : `$${inputUsd} in, $${outputUsd} out`;
  return [...ends, ...context, price];
}
