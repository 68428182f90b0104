import { type ReactElement, type SubmitEvent, useState } from 'react';
import type { StoredKey } from '../../../shared/contract/vault/stored-key.ts';
import { useAccountAct } from '../../account/use-account-act.ts';
import { Section } from '../../settings/section.tsx';
import { formatDayAndTime } from '../../ui/dates.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { storedKeysQuery } from '../stored-keys-api.ts';
import { noteLeak } from './leak-api.ts';

const NOTHING_DONE = { vendorRevoked: false, callsSeen: false, usageCompared: false };

/** Asks since when others may have had the key: calls are counted from then on. */
export function BeginForm({ info }: { readonly info: StoredKey }): ReactElement {
  const { busy, failure, run } = useAccountAct('to deal with the leak', storedKeysQuery.queryKey);
  const [problem, setProblem] = useState<string>();
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const since = new Date(String(new FormData(form).get('since') ?? ''));
    const wrong = Number.isNaN(since.getTime()) || since.getTime() > Date.now();
    setProblem(wrong ? 'Give a date and a time that have passed.' : undefined);
    if (wrong) form.querySelector<HTMLElement>('[name="since"]')?.focus();
    else void run(() => noteLeak(info.id, { since: since.toISOString(), done: NOTHING_DONE }));
  };
  return (
    <Section
      title="Since when may others have had it?"
      what={`When in doubt, earlier. It was added here on ${formatDayAndTime(info.addedAt)}, which counts unless you know better.`}
    >
      <form className="dialog-form" method="post" noValidate onSubmit={submit}>
        <TextField
          label="Since"
          name="since"
          type="datetime-local"
          defaultValue={localMinute(new Date(info.addedAt))}
          problem={problem}
          onChange={() => setProblem(undefined)}
        />
        {failure && <FailureNote failure={failure} />}
        <div className="row actions">
          <button type="submit" className="primary" aria-disabled={busy}>
            {busy ? 'One moment…' : 'Show me what to do'}
          </button>
        </div>
      </form>
    </Section>
  );
}

/** As the field wants it, in the browser's time zone, and not after the moment: `2026-11-28T06:00`. */
function localMinute(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
