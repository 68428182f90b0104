import { type ReactElement, useId } from 'react';
import { TextField } from '../../ui/text-field.tsx';
import styles from '../publish.module.css';
import { nameFaults } from '../state/step-faults.ts';
import type { WizardTools } from '../use-wizard.ts';
import { Categories, WhatIsShown, WhoSees } from './name-choices.tsx';

export const LICENCES = ['MIT', 'Apache-2.0', 'BSD-3-Clause', 'CC-BY-4.0', 'CC0-1.0', 'Proprietary'] as const;

/** What the bundle is called, and who sees it. */
export function NameStep({ tools }: { readonly tools: WizardTools }): ReactElement {
  const { work, change, handle, refusal, go } = tools;
  const faults = nameFaults(work);
  const said = refusal.said === 'none' ? undefined : refusal.said;
  const field = said?.field ?? '';
  const isElsewhere = said && field !== 'manifest.version' && field !== 'manifest.name';
  return (
    <div className={`sheet pad ${styles['fields']}`}>
      <TextField
        label="Name of the bundle"
        className="mono"
        value={work.name}
        maxLength={64}
        autoComplete="off"
        spellCheck={false}
        hint={`${window.location.host}/b/${handle}/${work.name}`}
        problem={faults.name ?? (field === 'manifest.name' ? said?.message : undefined)}
        onChange={({ target }) => change({ name: target.value })}
      />
      <TextField
        label="Version"
        className="num"
        value={work.version}
        maxLength={24}
        autoComplete="off"
        inputMode="decimal"
        hint="Its new skills get the same one."
        problem={faults.version ?? (field === 'manifest.version' ? said?.message : undefined)}
        onChange={({ target }) => change({ version: target.value.trim() })}
      />
      <DescriptionField tools={tools} problem={faults.description} />
      <TextField
        label="Licence"
        value={work.licence}
        maxLength={64}
        autoComplete="off"
        list="publish-licences"
        hint="Of the bundle. A skill may name its own."
        problem={work.licence === '' ? undefined : faults.licence}
        onChange={({ target }) => change({ licence: target.value })}
      />
      <Categories tools={tools} />
      <WhoSees tools={tools} />
      <WhatIsShown tools={tools} />
      {isElsewhere && (
        <p className={`small bad ${styles['wide']}`} role="alert">
          {said.message}{' '}
          <button type="button" className="link" onClick={() => go('drafts')}>
            Go to the drafts
          </button>{' '}
          <button type="button" className="link" onClick={refusal.again}>
            Ask again
          </button>
        </p>
      )}
    </div>
  );
}

function DescriptionField({
  tools: { work, change },
  problem,
}: {
  readonly tools: WizardTools;
  readonly problem: string | undefined;
}): ReactElement {
  const id = useId();
  return (
    <div className={`field ${styles['wide']}`}>
      <label className="label" htmlFor={id}>
        Description, for people who look for it
      </label>
      <textarea
        id={id}
        rows={3}
        maxLength={2000}
        value={work.description}
        aria-invalid={problem !== undefined}
        aria-describedby={problem ? `${id}-note` : undefined}
        onChange={({ target }) => change({ description: target.value })}
      />
      {problem && (
        <p id={`${id}-note`} className="small bad" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
