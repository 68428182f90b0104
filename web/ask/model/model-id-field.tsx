import { type ReactElement, type RefObject, useEffect, useState } from 'react';
import { holdsKey, isModelId, KEY_IN_MODEL } from './model-id.ts';
import { MODEL_ID } from './model-words.ts';

interface ModelIdFieldProps {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly model: string;
  readonly takesFocus: boolean;
  /** A key was typed before this field was there. */
  readonly refusesAtFirst: boolean;
  readonly disabled: boolean;
  readonly problem: string | undefined;
  readonly onModel: (model: string) => void;
  /** The field is left, with an id in it. */
  readonly onDone: () => void;
}

/** Any other id: fine-tunes, deployments, models newer than the list. */
export function ModelIdField(props: ModelIdFieldProps): ReactElement {
  const { field, model, takesFocus, refusesAtFirst, disabled, problem, onModel, onDone } = props;
  const [refused, setRefused] = useState(refusesAtFirst);
  useEffect(() => {
    if (takesFocus) field.current?.focus();
  }, [takesFocus, field]);
  const told = refused ? KEY_IN_MODEL : problem;
  return (
    <>
      <input
        id={MODEL_ID}
        ref={field}
        className="mono"
        value={model}
        disabled={disabled}
        required
        aria-invalid={told !== undefined}
        maxLength={128}
        autoComplete="off"
        spellCheck={false}
        onChange={({ currentTarget: { value } }) => {
          // What was typed before stays in the field: React puts it back.
          setRefused(holdsKey(value));
          if (!holdsKey(value)) onModel(value.trim());
        }}
        onBlur={() => isModelId(model) && onDone()}
      />
      {told && (
        <p className="small bad" role="alert">
          {told}
        </p>
      )}
    </>
  );
}
