import { type ReactElement, useEffect, useId } from 'react';
import type { ModelSearchProps } from './model-field-props.ts';
import { KEY_IN_MODEL } from './model-id.ts';
import { ModelList } from './model-list.tsx';
import { MODEL_ID } from './model-words.ts';
import { useModelSearch } from './use-model-search.ts';

/**
 * A combobox with a list, as the ARIA practices have it: the focus stays in the field, arrows move through the options, Enter takes one,
 * Esc and leaving the field close the list and change nothing.
 */
export function ModelSearch({ field, disabled, problem, ...parts }: ModelSearchProps): ReactElement {
  const { models, model, opened } = parts;
  const listId = useId();
  const search = useModelSearch(parts);
  const { active } = search;
  const name = models.find(({ id }) => id === model)?.name ?? model;
  const told = search.refused ? KEY_IN_MODEL : problem;
  const activeId = active === undefined ? undefined : `${listId}-${search.options.indexOf(active)}`;

  useEffect(() => {
    if (activeId !== undefined) document.getElementById(activeId)?.scrollIntoView?.({ block: 'nearest' });
  }, [activeId]);
  useEffect(() => {
    if (opened) field.current?.select();
  }, [opened, field]);

  return (
    <>
      <input
        id={MODEL_ID}
        ref={field}
        role="combobox"
        aria-expanded={opened}
        aria-controls={opened ? listId : undefined}
        aria-autocomplete="list"
        aria-activedescendant={opened ? activeId : undefined}
        aria-invalid={told !== undefined}
        title={name}
        value={search.query ?? name}
        placeholder="Search"
        disabled={disabled}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onClick={() => {
          if (!opened) search.open(undefined);
        }}
        onChange={({ currentTarget: { value } }) => search.search(value)}
        onKeyDown={search.onKeyDown}
        onBlur={search.close}
      />
      {opened && <ModelList id={listId} search={search} model={model} />}
      {told && (
        <p className="small bad" role="alert">
          {told}
        </p>
      )}
    </>
  );
}
