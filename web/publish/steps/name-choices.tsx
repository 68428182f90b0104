import type { ReactElement } from 'react';
import { CATEGORIES, MAX_CATEGORIES } from '../../../shared/contract/categories.ts';
import type { ProvenancePart } from '../../../shared/contract/provenance.ts';
import { VISIBILITIES, type Visibility } from '../../../shared/contract/registry.ts';
import styles from '../publish.module.css';
import type { WizardTools } from '../use-wizard.ts';

const VISIBILITY_WORDS: Readonly<Record<Visibility, string>> = {
  public: 'Public: listed, searched, installed by anyone. The names of its skills are yours from then on.',
  unlisted: 'Unlisted: in no list; whoever has its address reads and installs it.',
  private: 'Private: your workspace alone sees it. Clients without an account cannot install it.',
};
const SHOWN_WORDS: Readonly<Record<ProvenancePart, string>> = {
  origin: 'Provider and model, and whose credentials paid',
  cost: 'What the run cost',
  scores: 'The critic’s scores of each draft',
};
// as: the keys of the record above
const SHOWN = Object.entries(SHOWN_WORDS) as [ProvenancePart, string][];

/** On which shelves of the registry it stands. */
export function Categories({ tools: { work, change } }: { readonly tools: WizardTools }): ReactElement {
  const { categories } = work;
  const isFull = categories.length >= MAX_CATEGORIES;
  return (
    <fieldset className={`${styles['wide']} ${styles['categories']}`}>
      <legend className="label">Categories, {MAX_CATEGORIES} at most</legend>
      {CATEGORIES.map((one) => (
        <label key={one} className="check">
          <input
            type="checkbox"
            checked={categories.includes(one)}
            disabled={isFull && !categories.includes(one)}
            onChange={({ target }) =>
              change({
                categories: target.checked
                  ? [...categories, one]
                  : categories.filter((other) => other !== one),
              })
            }
          />
          <span>{one}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** For whom it is. */
export function WhoSees({ tools: { work, change } }: { readonly tools: WizardTools }): ReactElement {
  return (
    <fieldset className={`${styles['wide']} ${styles['choices']}`}>
      <legend className="label">Who sees it</legend>
      {VISIBILITIES.map((one) => (
        <label key={one} className="check">
          <input
            type="radio"
            name="visibility"
            checked={work.visibility === one}
            onChange={() => change({ visibility: one })}
          />
          <span>{VISIBILITY_WORDS[one]}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** How much readers see of how it was made. It is signed with the bundle. */
export function WhatIsShown({ tools: { work, change } }: { readonly tools: WizardTools }): ReactElement {
  const { shows, showGoal } = work;
  return (
    <fieldset className={`${styles['wide']} ${styles['choices']}`}>
      <legend className="label">What readers see of how it was made</legend>
      <label className="check">
        <input
          type="checkbox"
          checked={showGoal}
          onChange={({ target }) => change({ showGoal: target.checked })}
        />
        <span>The goal that it was made for</span>
      </label>
      {SHOWN.map(([part, words]) => (
        <label key={part} className="check">
          <input
            type="checkbox"
            checked={shows.includes(part)}
            onChange={({ target }) =>
              change({ shows: target.checked ? [...shows, part] : shows.filter((other) => other !== part) })
            }
          />
          <span>{words}</span>
        </label>
      ))}
    </fieldset>
  );
}
