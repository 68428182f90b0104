import { type ReactElement, type SubmitEvent, useState } from 'react';
import {
  type KeyRules,
  MAX_KEY_AGE_DAYS,
  MAX_OVERLAP_HOURS,
  type StoredKeyPage,
} from '../../shared/contract/vault/stored-key.ts';
import { useAccountAct } from '../account/use-account-act.ts';
import { Section } from '../settings/section.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { plural } from '../ui/format.ts';
import { TextField } from '../ui/text-field.tsx';
import styles from './stored-keys.module.css';
import { setRules, storedKeysQuery } from './stored-keys-api.ts';

type RulesSectionProps = Pick<StoredKeyPage, 'workspace' | 'rules' | 'canManage'>;
type Problems = Partial<Record<'maxAgeDays' | 'overlapHours', string>>;

/** How old keys may grow, and how long a replaced default goes on: members read it, admins and owners change it. */
export function RulesSection({ workspace, rules, canManage }: RulesSectionProps): ReactElement {
  return (
    <Section title="Rules for keys" what={inWords(rules)}>
      {canManage && <RulesForm workspace={workspace} rules={rules} />}
    </Section>
  );
}

function RulesForm({ workspace, rules }: Omit<RulesSectionProps, 'canManage'>): ReactElement {
  const { busy, failure, run } = useAccountAct('to change the rules for keys', storedKeysQuery.queryKey);
  const [problems, setProblems] = useState<Problems>({});
  const longest = rules.serverMaxAgeDays ?? MAX_KEY_AGE_DAYS;

  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    const days = String(given.get('maxAgeDays') ?? '').trim();
    const hours = String(given.get('overlapHours') ?? '').trim();
    const found: Problems = {};
    if (days !== '' && !isWhole(days, 1, longest))
      found.maxAgeDays = `A whole number of days from 1 to ${longest}, or nothing.`;
    if (!isWhole(hours, 0, MAX_OVERLAP_HOURS))
      found.overlapHours = `A whole number of hours from 0 to ${MAX_OVERLAP_HOURS}.`;
    setProblems(found);
    const [wrong] = Object.keys(found);
    if (wrong !== undefined) {
      form.querySelector<HTMLElement>(`[name="${wrong}"]`)?.focus();
      return;
    }
    const maxAgeDays = days === '' ? null : Number(days);
    void run(() => setRules({ workspace: workspace.id, maxAgeDays, overlapHours: Number(hours) }), inWords);
  };
  return (
    <form className={styles['add']} method="post" noValidate onSubmit={submit}>
      <div className={styles['wish']}>
        <TextField
          label="Days until a key is too old"
          name="maxAgeDays"
          inputMode="numeric"
          placeholder="never"
          defaultValue={rules.maxAgeDays ?? ''}
          problem={problems.maxAgeDays}
          hint={rules.serverMaxAgeDays === null ? undefined : `This server allows ${rules.serverMaxAgeDays}.`}
        />
        <TextField
          label="Hours that a replaced default goes on"
          name="overlapHours"
          inputMode="numeric"
          defaultValue={rules.overlapHours}
          problem={problems.overlapHours}
        />
      </div>
      <p className="small soft">
        A warning stands at a key 14, 7 and 1 days before. Then no run begins on it, and none goes to another
        payer in its place. Runs under way finish.
      </p>
      {failure && <FailureNote failure={failure} />}
      <button type="submit" className={`plain strong ${styles['start']}`} aria-disabled={busy}>
        {busy ? 'One moment…' : 'Save rules'}
      </button>
    </form>
  );
}

function isWhole(text: string, least: number, most: number): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= least && Number(text) <= most;
}

function inWords({ maxAgeDays, overlapHours, serverMaxAgeDays }: KeyRules): string {
  const days = [maxAgeDays, serverMaxAgeDays].filter((one) => one !== null);
  const age =
    days.length === 0
      ? 'Keys may grow as old as they like.'
      : `No run begins on a key that is older than ${plural(Math.min(...days), 'day')}.`;
  const overlap =
    overlapHours === 0
      ? 'A replaced default ends with its runs.'
      : `A replaced default goes on for ${plural(overlapHours, 'hour')}.`;
  return `${age} ${overlap}`;
}
