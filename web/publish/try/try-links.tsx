import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactElement, type SubmitEvent, useId, useState } from 'react';
import {
  type CreatedTryLink,
  TRY_HOURS,
  type TryLinkInfo,
} from '../../../shared/contract/author/try-link.ts';
import { useSignedIn } from '../../account/use-signed-in.ts';
import { failureOf } from '../../http/call.ts';
import { useAction } from '../../http/use-action.ts';
import { formatDayAndTime } from '../../ui/dates.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { ShownTryLink } from './shown-try-link.tsx';
import { makeTryLink, revokeTryLink, tryLinksQuery } from './try-api.ts';

const SPANS: Readonly<Record<(typeof TRY_HOURS)[number], string>> = {
  1: 'One hour',
  24: 'One day',
  168: 'One week',
};

/** Private links by which a client installs the bundle before it is published. */
export function TryLinks({ planId }: { readonly planId: string }): ReactElement {
  const [open, setOpen] = useState(false);
  return (
    <details className="sheet pad" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Try it before it is published</summary>
      {open && <Links planId={planId} />}
    </details>
  );
}

function Links({ planId }: { readonly planId: string }): ReactElement {
  const id = useId();
  const client = useQueryClient();
  const signedIn = useSignedIn();
  const { busy, failure, run } = useAction();
  const [made, setMade] = useState<CreatedTryLink>();
  const { data, error } = useQuery(tryLinksQuery(planId));
  const again = () => client.invalidateQueries({ queryKey: tryLinksQuery(planId).queryKey });
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const given = Number(new FormData(event.currentTarget).get('hours'));
    const hours = TRY_HOURS.find((one) => one === given) ?? TRY_HOURS[0];
    void run(async () => {
      setMade(await signedIn('to make a link', () => makeTryLink(planId, hours)));
      await again();
    });
  };
  const revoke = (link: TryLinkInfo): void =>
    void run(async () => {
      await signedIn('to revoke a link', () => revokeTryLink(link.id));
      await again();
    });
  const problem = failure ?? (error === null ? undefined : failureOf(error));
  return (
    <>
      <p className="small">
        Whoever has the link installs these skills as they are saved at that moment, without an account. It
        stops by itself, when you revoke it, and when the plan is deleted.
      </p>
      <form className="row actions" noValidate onSubmit={submit}>
        <label htmlFor={id}>It works for</label>
        <select id={id} name="hours" defaultValue="24">
          {TRY_HOURS.map((hours) => (
            <option key={hours} value={hours}>
              {SPANS[hours]}
            </option>
          ))}
        </select>
        <button type="submit" className="plain" aria-disabled={busy}>
          Make a link
        </button>
      </form>
      {problem && <FailureNote failure={problem} />}
      {data && data.links.length > 0 && (
        <ul className="lines" aria-label="Links that work">
          {data.links.map((link) => (
            <li key={link.id}>
              <span className="small num">
                Made {formatDayAndTime(link.createdAt)}, works until {formatDayAndTime(link.expiresAt)}
              </span>
              <button type="button" className="plain" aria-disabled={busy} onClick={() => revoke(link)}>
                Revoke
              </button>
            </li>
          ))}
        </ul>
      )}
      {made && <ShownTryLink made={made} onClose={() => setMade(undefined)} />}
    </>
  );
}
