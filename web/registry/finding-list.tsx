import type { ReactElement } from 'react';
import type { PublishedSkillInfo } from '../../shared/contract/registry.ts';
import { plural } from '../ui/format.ts';
import { SeverityTag } from '../ui/severity-tag.tsx';

const VERDICTS = {
  pass: ['ok', 'passed'],
  review: ['warn', 'reviewed by its author'],
  block: ['bad', 'blocked'],
} as const;

/** What the analysis made of a published skill, in a word. */
export function VerdictTag({ verdict }: Pick<PublishedSkillInfo, 'verdict'>): ReactElement {
  const [tone, words] = VERDICTS[verdict];
  return <span className={`tag ${tone}`}>{words}</span>;
}

/** What the author said to the findings, where the analysis asked for a look. */
export function AuthorsWords({
  acknowledgement,
}: Pick<PublishedSkillInfo, 'acknowledgement'>): ReactElement | null {
  if (acknowledgement === null) return null;
  return (
    <p className="small" dir="auto">
      <span className="soft">Its author says: </span>
      {acknowledgement}
    </p>
  );
}

/** Each finding at its file and line, folded away, or nothing when there are none. */
export function FindingList({ findings }: Pick<PublishedSkillInfo, 'findings'>): ReactElement | null {
  if (findings.length === 0) return null;
  return (
    <details className="small">
      <summary>{plural(findings.length, 'finding')}</summary>
      <ul className="lines">
        {findings.map((one) => (
          <li key={`${one.file}:${one.line}:${one.rule}:${one.message}`}>
            <div>
              <p>
                <SeverityTag severity={one.severity} /> {one.message}
              </p>
              {one.evidence && <p className="mono">{one.evidence}</p>}
              <p className="mono soft">
                {one.line === undefined ? one.file : `${one.file}:${one.line}`} {one.rule}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </details>
  );
}
