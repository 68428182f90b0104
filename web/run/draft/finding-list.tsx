import type { ReactElement } from 'react';
import type { Analysis, Draft, Finding } from '../../../shared/contract/plan.ts';
import { MISSED } from '../../../shared/skills/missed.ts';
import { SeverityTag } from '../../ui/severity-tag.tsx';
import { ApplyFinding } from './apply-finding.tsx';
import styles from './draft-view.module.css';
import { NoteList } from './rework/note-list.tsx';

const ORDER: readonly Finding['severity'][] = ['critical', 'error', 'warning', 'info'];

interface FindingListProps {
  readonly draft: Draft;
  readonly analysis: Analysis | undefined;
  /** `file`: beside the SKILL.md. */
  readonly onLine: (line: number, file: string | undefined) => void;
}

/** What the rules found, worst first, then what the critic noted and what overlaps. */
export function FindingList({ draft, analysis, onLine }: FindingListProps): ReactElement {
  if (!analysis)
    return <p className="soft">This draft was not analyzed. "Redo what is missing" does that.</p>;
  const findings = analysis.findings.toSorted(
    (a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity),
  );
  return (
    <div className={styles['findings']}>
      {findings.length === 0 && <p className="soft">The rules found nothing.</p>}
      <ul>
        {findings.map((finding) => (
          <li
            className={styles['finding']}
            key={`${finding.file}:${finding.rule}:${finding.line}:${finding.message}`}
          >
            <SeverityTag severity={finding.severity} />
            <div>
              <p>{finding.message}</p>
              {finding.evidence && <p className="small mono">{finding.evidence}</p>}
              {finding.fix && <p className="soft">{finding.fix}</p>}
              <p className="small soft mono">
                {finding.file && `${finding.file} · `}
                {finding.rule}
              </p>
            </div>
            <span className={styles['finding-acts']}>
              <LineButton line={finding.line} onLine={(line) => onLine(line, finding.file)} />
              <ApplyFinding draft={draft} analysis={analysis} finding={finding} />
            </span>
          </li>
        ))}
      </ul>
      <p className="small soft">
        Read the text before you use it. The rules do not see: {MISSED.join('; ')}.
      </p>
      <NoteList draft={draft} analysis={analysis} />
      {analysis.overlaps.length > 0 && (
        <>
          <h4>Overlaps</h4>
          <ul>
            {analysis.overlaps.map(({ name, score, kind }) => (
              <li className={styles['note']} key={`${kind}:${name}`}>
                <span className="skill-name">{name}</span> ({kind}), {Math.round(score * 100)} % alike
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function LineButton({
  line,
  onLine,
}: {
  readonly line: number | undefined;
  readonly onLine: (line: number) => void;
}): ReactElement | null {
  if (line === undefined) return null;
  return (
    <button type="button" className="link small num" onClick={() => onLine(line)}>
      line {line}
    </button>
  );
}
