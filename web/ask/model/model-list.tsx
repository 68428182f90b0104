import { type ReactElement, type SyntheticEvent, useEffect, useRef } from 'react';
import type { ModelInfo } from '../../../shared/contract/server-config.ts';
import { plural } from '../../ui/format.ts';
import { OTHER } from './model-groups.ts';
import styles from './model-picker.module.css';
import { factsOf } from './model-words.ts';
import type { ModelSearch } from './use-model-search.ts';

interface ModelListProps {
  readonly id: string;
  readonly search: ModelSearch;
  readonly model: string;
}

export function ModelList({ id, search, model }: ModelListProps): ReactElement {
  const { groups, options, active, own, take } = search;
  const popup = useRef<HTMLDivElement>(null);
  useEffect(() => popup.current?.scrollIntoView?.({ block: 'nearest' }), []);
  const optionOf = (option: string) => ({
    id: `${id}-${options.indexOf(option)}`,
    role: 'option',
    'aria-selected': option === model,
    'data-active': option === active || undefined,
    className: styles['option'],
    onClick: () => take(option),
  });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: so that a press leaves the focus in the field
    <div className={styles['popup']} ref={popup} onMouseDown={keepFocus}>
      <div className={styles['list']} id={id} role="listbox" aria-label="Models">
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a listbox has groups, no fieldsets
          <div key={group.label} role="group" aria-label={group.label}>
            <p className={`small soft ${styles['group']}`} aria-hidden="true">
              {group.label}
            </p>
            {group.models.map((one) => (
              <div key={one.id} {...optionOf(one.id)}>
                <Facts model={one} />
              </div>
            ))}
          </div>
        ))}
        <div {...optionOf(OTHER)}>{own === '' ? 'Another model id…' : `Use “${own}”`}</div>
      </div>
      <p className={`small soft num ${styles['foot']}`} role="status">
        {plural(options.length - 1, 'model')}, prices in USD per million tokens
      </p>
    </div>
  );
}

function Facts({ model }: { readonly model: ModelInfo }): ReactElement {
  return (
    <>
      <span className={styles['name']}>{model.name}</span>
      {model.name !== model.id && <span className={`mono soft ${styles['id']}`}>{model.id}</span>}
      <span className={`num soft ${styles['facts']}`}>
        {factsOf(model).map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </span>
    </>
  );
}

function keepFocus(event: SyntheticEvent): void {
  event.preventDefault();
}
