import { type ReactElement, useLayoutEffect, useRef, useState } from 'react';
import { defaultModel } from '../../../shared/compose/default-model.ts';
import type { ModelPickerProps } from './model-field-props.ts';
import { holdsKey } from './model-id.ts';
import { ModelIdField } from './model-id-field.tsx';
import { modelsAtHand, rememberModel, setFavourite } from './model-memory.ts';
import styles from './model-picker.module.css';
import { ModelSearch } from './model-search.tsx';
import { MODEL_ID } from './model-words.ts';
import { StarButton } from './star-button.tsx';

/** The chosen model with its search, or the field for an id that is in no list. */
export function ModelPicker({ provider, ...props }: ModelPickerProps): ReactElement {
  const { models, model, onModel, disabled } = props;
  const [asked, setAsked] = useState(false);
  const [atHand, setAtHand] = useState(() => modelsAtHand(localStorage, provider));
  // The closed field had the focus; it is gone once this one is shown.
  const [takesFocus] = useState(() => document.activeElement?.id === MODEL_ID);
  const [typed, setTyped] = useState(() => (models.length === 0 ? typedBefore() : undefined));
  // Before anything else is typed.
  useLayoutEffect(() => {
    if (typed === undefined || typed === 'key') return;
    setTyped(undefined);
    onModel(typed.id);
  }, [typed, onModel]);
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (takesFocus) field.current?.focus();
  }, [takesFocus]);

  const reread = (): void => setAtHand(modelsAtHand(localStorage, provider));
  const choose = (id: string): void => {
    rememberModel(localStorage, provider, id);
    reread();
    onModel(id);
  };
  const toList = (): void => {
    setAsked(false);
    onModel(defaultModel(models)?.id ?? '');
  };
  const toOther = (): void => {
    setAsked(true);
    onModel('');
  };
  const isTyped = models.length === 0 || asked;
  return (
    <div className="field">
      <span className="row label">
        <label htmlFor={MODEL_ID}>{isTyped ? 'Model id' : 'Model'}</label>
        {isTyped && models.length > 0 && (
          <button
            type="button"
            className={`link aside ${styles['beside']}`}
            disabled={disabled}
            onClick={toList}
          >
            List
          </button>
        )}
        {!isTyped && (
          <StarButton
            model={model}
            isFavourite={atHand.favourites.includes(model)}
            disabled={disabled}
            onChange={(isFavourite) => {
              setFavourite(localStorage, provider, model, isFavourite);
              reread();
            }}
          />
        )}
      </span>
      {isTyped ? (
        <ModelIdField
          {...props}
          field={field}
          takesFocus={asked}
          refusesAtFirst={typed === 'key'}
          onDone={() => choose(model)}
        />
      ) : (
        <ModelSearch {...props} field={field} atHand={atHand} onModel={choose} onOther={toOther} />
      )}
    </div>
  );
}

/** What was typed into the closed field; a key is told, and not read. */
function typedBefore(): { readonly id: string } | 'key' | undefined {
  const closed = document.getElementById(MODEL_ID);
  // Of another provider's field, that has been here all along, nothing is taken.
  if (!(closed instanceof HTMLInputElement) || !('early' in closed.dataset) || closed.value === '')
    return undefined;
  return holdsKey(closed.value) ? 'key' : { id: closed.value.trim() };
}
