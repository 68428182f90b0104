import { type ReactElement, useId } from 'react';
import styles from '../publish.module.css';
import type { JudgedSkill } from '../state/judge-work.ts';
import { acknowledgementOf, MIN_ACKNOWLEDGEMENT_CHARS, nameOf } from '../state/step-faults.ts';
import type { WizardTools } from '../use-wizard.ts';

interface AcknowledgeProps {
  readonly skill: JudgedSkill;
  readonly tools: WizardTools;
}

/** The author's answer to findings, bound to the text: another text needs other words. */
export function Acknowledge({ skill, tools }: AcknowledgeProps): ReactElement {
  const id = useId();
  const { work, change } = tools;
  const given = work.skills.find(({ item }) => item === skill.item)?.acknowledgement;
  const old =
    given && given.contentDigest !== skill.contentDigest && given.text !== '' ? given.text : undefined;
  const say = (text: string): void =>
    change({
      skills: work.skills.map((one) =>
        one.item === skill.item
          ? { ...one, acknowledgement: { contentDigest: skill.contentDigest, text } }
          : one,
      ),
    });
  const isDone = acknowledgementOf(work, skill).length >= MIN_ACKNOWLEDGEMENT_CHARS;
  const notice = old
    ? 'The text was changed since you answered. Look at the findings again.'
    : 'In your own words. It is stored with the bundle and shown beside the findings.';
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        Why may {nameOf(skill)} be published with these findings?
      </label>
      <textarea
        id={id}
        rows={2}
        maxLength={1000}
        value={old === undefined ? (given?.text ?? '') : ''}
        aria-describedby={`${id}-note`}
        onChange={({ target }) => say(target.value)}
      />
      <p id={`${id}-note`} className="small soft">
        {isDone ? 'Shown beside the findings, to everyone who sees the bundle.' : notice}
      </p>
      {old !== undefined && (
        <button type="button" className={`link small ${styles['start']}`} onClick={() => say(old)}>
          Say the same again: “{old.slice(0, 60)}”
        </button>
      )}
    </div>
  );
}
