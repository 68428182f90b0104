import { type KeyboardEvent, type ReactElement, useState } from 'react';
import { part } from '../../chunks/part.tsx';
import type { ModelFieldProps, ModelPickerProps } from './model-field-props.ts';
import { MODEL_ID } from './model-words.ts';

/** The list, its search and the field for other ids: a chunk of its own, fetched when the form is first used. */
const Picker = part(
  () => import('./model-picker.tsx'),
  (module) => module.ModelPicker,
  { whenWarmed: true, waiting: (props) => <ClosedField {...props} /> },
);

/** Fetches the list's chunk before it is opened. A failure is silent: opening tries again. */
export const warmModels = Picker.warm;

/** The provider's models, newest first as the server sends them, or any other id (fine-tunes, deployments), typed. */
export function ModelField(props: ModelFieldProps): ReactElement {
  const [opened, setOpened] = useState(false);
  return <Picker {...props} opened={opened} onOpened={setOpened} />;
}

/** Where there is no list, the chunk takes over what was typed before it came. */
function ClosedField({ models, model, disabled, onOpened }: ModelPickerProps): ReactElement {
  const hasList = models.length > 0;
  /** As the list does once it is here: Enter opens it, and is never the form's, which would start a run that costs money. */
  const openByKey = (event: KeyboardEvent): void => {
    if (!/^(?:Arrow(?:Down|Up)|Enter)$/.test(event.key) || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onOpened(true);
  };
  const all = { id: MODEL_ID, disabled, onFocus: () => void Picker.warm() };
  return (
    <div className="field">
      <span className="row label">
        <label htmlFor={MODEL_ID}>{hasList ? 'Model' : 'Model id'}</label>
      </span>
      {hasList ? (
        <input
          {...all}
          role="combobox"
          aria-expanded={false}
          value={models.find(({ id }) => id === model)?.name ?? model}
          readOnly
          onClick={() => onOpened(true)}
          onKeyDown={openByKey}
        />
      ) : (
        <input {...all} key={model} data-early="" defaultValue={model} />
      )}
    </div>
  );
}
