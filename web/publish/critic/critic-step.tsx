import type { ReactElement } from 'react';
import type { CriticReport } from '../../../shared/contract/author/critic.ts';
import { CriticWord } from '../../registry/critic-word.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { plural } from '../../ui/format.ts';
import type { CriticTools } from './use-critic.ts';

interface CriticStepProps {
  readonly tools: CriticTools;
  /** How many skills are new in the bundle. */
  readonly skills: number;
}

/** Who will read the new skills before they are published, on a press of their author, and what it says. */
export function CriticStep({
  tools: { critic, busy, failure, ask },
  skills,
}: CriticStepProps): ReactElement | null {
  if (!critic) return null;
  const { reader, opinion } = critic;
  return (
    <section className="sheet pad" aria-labelledby="critic-title" aria-busy={busy}>
      <h3 id="critic-title">The registry’s critic</h3>
      {reader && !opinion && (
        <p>
          {reader.model} of {reader.provider} reads {plural(skills, 'new skill')} before publishing, on the
          registry’s own credentials. It is sent their files, and nothing else.
        </p>
      )}
      <div role="status">
        <CriticWord critic={critic} />
      </div>
      {failure && <FailureNote failure={failure} />}
      {!opinion && <p className="small soft">{WITHOUT[critic.policy]}</p>}
      {reader && !opinion && (
        <div className="row actions">
          <button type="button" className="plain strong" aria-disabled={busy} onClick={ask}>
            {busy ? 'It is reading…' : 'Let it read now'}
          </button>
        </div>
      )}
    </section>
  );
}

const WITHOUT: Readonly<Record<CriticReport['policy'], string>> = {
  advise: 'Its word is advice: without it the bundle can be published all the same.',
  require: 'This registry publishes nothing that it has not read, or that it would block.',
};
