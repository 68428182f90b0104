import { type ReactElement, type SubmitEvent, useId, useState } from 'react';
import { REPORT_CAUSES, reportCause } from '../../../shared/contract/author/curation.ts';
import type { PublishedSkillInfo } from '../../../shared/contract/registry.ts';
import { useAction } from '../../http/use-action.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { useToast } from '../../ui/toast.tsx';
import { reportSkill } from './curation-api.ts';

const CAUSES: Readonly<Record<(typeof REPORT_CAUSES)[number], string>> = {
  malicious: 'It does harm, or wants to',
  misleading: 'It is not what it says',
  secrets: 'It shows somebody’s secret',
  rights: 'It is somebody else’s work',
  other: 'Something else',
};
const MIN_NOTE = 10;

/** By which any reader tells the operator that something is wrong with a skill. */
export function Report({ skill }: { readonly skill: PublishedSkillInfo }): ReactElement {
  const [open, setOpen] = useState(false);
  return (
    <div className="small">
      <button type="button" className="plain" onClick={() => setOpen(true)}>
        Report this skill…
      </button>
      {open && <ReportDialog skill={skill} onClose={() => setOpen(false)} />}
    </div>
  );
}

interface ReportDialogProps {
  readonly skill: PublishedSkillInfo;
  readonly onClose: () => void;
}

function ReportDialog({ skill, onClose }: ReportDialogProps): ReactElement {
  const id = useId();
  const toast = useToast();
  const { busy, failure, run } = useAction();
  const [problem, setProblem] = useState<string>();
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const note = String(form.get('note') ?? '').trim();
    if (note.length < MIN_NOTE) {
      setProblem('Say what is wrong, so that the operator finds it.');
      return;
    }
    setProblem(undefined);
    const cause = reportCause.parse(form.get('cause'));
    void run(async () => {
      await reportSkill(skill, { version: skill.version, cause, note });
      toast({ text: 'Reported. The operator of this registry sees it.' });
      onClose();
    });
  };
  return (
    <Dialog title={`Report ${skill.name} ${skill.version}`} onClose={onClose}>
      <form className="dialog-form" noValidate onSubmit={submit}>
        <div className="field">
          <label className="label" htmlFor={`${id}-cause`}>
            What is wrong
          </label>
          <select id={`${id}-cause`} name="cause">
            {REPORT_CAUSES.map((cause) => (
              <option key={cause} value={cause}>
                {CAUSES[cause]}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label className="label" htmlFor={`${id}-note`}>
            Where, and how do you know
          </label>
          <textarea
            id={`${id}-note`}
            name="note"
            rows={4}
            maxLength={1000}
            aria-invalid={problem !== undefined}
            aria-describedby={`${id}-hint`}
          />
          <p
            id={`${id}-hint`}
            className={problem ? 'small bad' : 'small soft'}
            role={problem ? 'alert' : undefined}
          >
            {problem ??
              'The operator of this registry reads it, with your handle where you are signed in. Put no secret here.'}
          </p>
        </div>
        {failure && <FailureNote failure={failure} />}
        <div className="row actions">
          <button type="submit" className="plain" aria-disabled={busy}>
            {busy ? 'Sending…' : 'Report'}
          </button>
          <button type="button" className="plain" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}
