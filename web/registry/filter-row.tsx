import { type ReactElement, useId } from 'react';
import type { BundlePage } from '../../shared/contract/registry.ts';
import styles from './registry.module.css';
import { FILTERS, type Filters } from './registry-api.ts';

type Filter = (typeof FILTERS)[number];

const WORDS: Readonly<Record<Filter, readonly [label: string, any: string]>> = {
  category: ['Category', 'any category'],
  licence: ['Licence', 'any licence'],
  signer: ['Signed by', 'anyone'],
};

interface FilterRowProps {
  readonly choices: BundlePage['choices'];
  readonly filters: Filters;
  readonly onChoose: (filter: Filter, name: string) => void;
}

/** By what the list can be narrowed, each with how many bundles there are. */
export function FilterRow({ choices, filters, onChoose }: FilterRowProps): ReactElement {
  const of = { category: choices.categories, licence: choices.licences, signer: choices.signers };
  return (
    <div className={styles['filters']}>
      {FILTERS.map((filter) => (
        <FilterSelect
          key={filter}
          filter={filter}
          choices={of[filter]}
          chosen={filters[filter] ?? ''}
          onChoose={(name) => onChoose(filter, name)}
        />
      ))}
    </div>
  );
}

function FilterSelect({
  filter,
  choices,
  chosen,
  onChoose,
}: {
  readonly filter: Filter;
  readonly choices: BundlePage['choices']['categories'];
  readonly chosen: string;
  readonly onChoose: (name: string) => void;
}): ReactElement {
  const id = useId();
  const [label, any] = WORDS[filter];
  // what is chosen stays in the list when the words find none of it
  const isListed = chosen === '' || choices.some(({ name }) => name === chosen);
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <select id={id} value={chosen} onChange={({ target }) => onChoose(target.value)}>
        <option value="">{any}</option>
        {!isListed && <option>{chosen}</option>}
        {choices.map(({ name, count }) => (
          <option key={name} value={name}>
            {name} ({count})
          </option>
        ))}
      </select>
    </div>
  );
}
