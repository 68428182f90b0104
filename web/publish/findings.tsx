import type { ReactElement } from 'react';
import type { SkillFinding } from '../../shared/contract/registry.ts';
import { applyEdit } from '../../shared/skills/suggest-edits.ts';
import { plural } from '../ui/format.ts';
import { SeverityTag } from '../ui/severity-tag.tsx';
import { useToast } from '../ui/toast.tsx';
import styles from './publish.module.css';
import type { JudgedSkill } from './state/judge-work.ts';
import { draftFromText } from './state/skill-files.ts';
import { nameOf } from './state/step-faults.ts';
import type { WizardTools } from './use-wizard.ts';

const VERDICTS = {
  pass: ['ok', 'may be published'],
  review: ['warn', 'to be looked at'],
  block: ['bad', 'blocked'],
} as const;

interface FindingsProps {
  readonly skill: JudgedSkill;
  readonly tools: WizardTools;
  readonly onLine?: (line: number) => void;
}

/** What the registry's rules say of a skill as it stands, the worst first, each at its line. */
export function Findings({ skill, tools, onLine }: FindingsProps): ReactElement {
  const { findings, verdict } = skill;
  const [tone, words] = VERDICTS[verdict];
  return (
    <section className={styles['findings']} aria-label={`Findings in ${nameOf(skill)}`}>
      <p className="row">
        <span className={`tag ${tone}`}>{words}</span>
        <span className="small soft num">
          {findings.length === 0 ? 'no findings' : plural(findings.length, 'finding')}
        </span>
      </p>
      {findings.length > 0 && (
        <ul>
          {findings.map((finding) => (
            <li key={`${finding.file}:${finding.rule}:${finding.line}:${finding.message}`}>
              <SeverityTag severity={finding.severity} />
              <div>
                <p>{finding.message}</p>
                {finding.evidence && <p className="small mono">{finding.evidence}</p>}
                {finding.fix && <p className="small soft">{finding.fix}</p>}
                <p className="small soft mono">
                  {finding.file !== 'SKILL.md' && `${finding.file} · `}
                  {finding.rule}
                </p>
              </div>
              <span className={styles['acts']}>
                <Line line={finding.line} onLine={finding.file === 'SKILL.md' ? onLine : undefined} />
                <Apply skill={skill} finding={finding} tools={tools} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Line({
  line,
  onLine,
}: {
  readonly line: number | undefined;
  readonly onLine: FindingsProps['onLine'];
}): ReactElement | null {
  if (line === undefined) return null;
  if (!onLine) return <span className="small soft num">line {line}</span>;
  return (
    <button type="button" className="link small num" onClick={() => onLine(line)}>
      line {line}
    </button>
  );
}

/** Does what the fix says, where a machine can; undone like anything that is typed. */
function Apply({
  skill,
  finding,
  tools,
}: {
  readonly skill: JudgedSkill;
  readonly finding: SkillFinding;
  readonly tools: WizardTools;
}): ReactElement | null {
  const toast = useToast();
  const { edit } = finding;
  // Edits are of the SKILL.md.
  if (!edit || finding.file !== 'SKILL.md') return null;
  const apply = (): void => {
    const now = tools.store.get().work.skills.find(({ item }) => item === skill.item)?.draft;
    const next = now === skill.draft ? draftFromText(applyEdit(skill.text, edit), now.files) : undefined;
    if (!next) {
      toast({ text: 'That fix does not fit this text any more. Change it by hand.' });
      return;
    }
    tools.store.edit(skill.item, next, `fix ${finding.rule}`);
    toast({
      text: `Applied a fix to ${nameOf(skill)}.`,
      undo: () => void tools.store.step(skill.item, 'undo'),
    });
  };
  return (
    <button type="button" className="plain" aria-label={`Apply the fix for ${finding.rule}`} onClick={apply}>
      Apply
    </button>
  );
}
