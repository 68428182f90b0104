import type { ReactElement } from 'react';
import { findingsToSarif } from '../../../shared/skills/findings-to-sarif.ts';
import { MISSED } from '../../../shared/skills/missed.ts';
import { download } from '../../ui/download.ts';
import { Findings } from '../findings.tsx';
import styles from '../publish.module.css';
import type { JudgedSkill } from '../state/judge-work.ts';
import { nameOf } from '../state/step-faults.ts';
import type { WizardTools } from '../use-wizard.ts';
import { Acknowledge } from './acknowledge.tsx';

declare const __VERSION__: string; // put in by the build

/** What is to be changed, and what is to be answered for. */
export function FindingsStep({ tools }: { readonly tools: WizardTools }): ReactElement {
  const { judged } = tools;
  if (!judged) return <p className="soft">The drafts are being checked.</p>;
  const save = (): void =>
    download('findings.sarif', JSON.stringify(sarifOf(judged), null, 2), 'application/sarif+json');
  return (
    <>
      {judged.map((skill) => (
        <Skill key={skill.item} skill={skill} tools={tools} />
      ))}
      <p className="small soft">The rules do not see: {MISSED.join('; ')}.</p>
      <button type="button" className={`plain ${styles['start']}`} onClick={save}>
        Download findings (SARIF)
      </button>
    </>
  );
}

function Skill({ skill, tools }: { readonly skill: JudgedSkill; readonly tools: WizardTools }): ReactElement {
  return (
    <section className="sheet pad">
      <h3 className="skill-name">{nameOf(skill)}</h3>
      <Findings skill={skill} tools={tools} />
      {skill.verdict === 'review' && <Acknowledge skill={skill} tools={tools} />}
      {skill.verdict === 'block' && (
        <p className="row small">
          It cannot be published like this, whatever is said of it.
          <button type="button" className="link" onClick={() => tools.go('drafts')}>
            Change the text
          </button>
          <button type="button" className="link" onClick={() => tools.go('items')}>
            Leave it out
          </button>
        </p>
      )}
    </section>
  );
}

function sarifOf(judged: readonly JudgedSkill[]) {
  return findingsToSarif(
    judged.map(({ draft, text, textDigest, verdict, findings }) => ({
      path: `${draft.name.trim()}/SKILL.md`,
      ...{ text, digest: textDigest, verdict, findings },
    })),
    __VERSION__,
  );
}
