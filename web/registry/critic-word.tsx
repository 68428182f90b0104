import type { ReactElement } from 'react';
import type { CriticReport } from '../../shared/contract/author/critic.ts';
import { formatDay } from '../ui/dates.ts';

const VERDICTS = {
  pass: ['ok', 'nothing to object'],
  review: ['warn', 'look first'],
  block: ['bad', 'would not publish it'],
} as const;

/** What the registry's critic said of a bundle, or why it said nothing, and who it is. Plain text: a skill may have talked it into anything. */
export function CriticWord({ critic }: { readonly critic: CriticReport }): ReactElement | null {
  const { reader, opinion, missing } = critic;
  if (!opinion) return missing && <p className="soft">It has not read this bundle. {missing.message}</p>;
  return (
    <>
      <ul className="lines">
        {opinion.skills.map(({ skill, verdict, notes }) => (
          <li key={skill}>
            <div>
              <p className="row">
                <span className="skill-name">{skill}</span>
                <span className={`tag ${VERDICTS[verdict][0]}`}>{VERDICTS[verdict][1]}</span>
              </p>
              {notes.map(({ file, text }) => (
                <p key={`${file}:${text}`} className="small" dir="auto">
                  <span className="mono soft">{file}</span> {text}
                </p>
              ))}
            </div>
          </li>
        ))}
      </ul>
      <p className="small soft num">
        Read by {reader?.model} of {reader?.provider}, on the registry’s own credentials,{' '}
        <time dateTime={opinion.askedAt}>{formatDay(opinion.askedAt)}</time>. A model can be wrong and can be
        talked into things: where the rules found more, their verdict stands.
      </p>
    </>
  );
}

/** The same on the page of a published bundle. */
export function CriticSection({ critic }: { readonly critic: CriticReport }): ReactElement {
  return (
    <section className="sheet pad" aria-labelledby="critic-title">
      <h2 id="critic-title">The registry’s critic</h2>
      <CriticWord critic={critic} />
      <p className="small soft">
        {critic.policy === 'require'
          ? 'This registry published nothing that it would block.'
          : 'Its word was advice: this registry publishes whatever it says.'}{' '}
        It is no part of what the author signed.
      </p>
    </section>
  );
}
