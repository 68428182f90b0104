import { useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { WorkspaceSummary } from '../../shared/contract/workspaces.ts';
import { ACCOUNT_QUERY } from '../account/me.ts';
import { useSignedIn } from '../account/use-signed-in.ts';
import { failureOf } from '../http/call.ts';
import { useAction } from '../http/use-action.ts';
import { plural } from '../ui/format.ts';
import { useToast } from '../ui/toast.tsx';
import { act } from './workspaces-api.ts';

/** One workspace of the list, and the button that makes it the one in which whatever comes next counts. */
export function WorkspaceLine({ workspace }: { readonly workspace: WorkspaceSummary }): ReactElement {
  const { id, name, slug, role, members, current, personal, paused } = workspace;
  const { busy, run } = useAction();
  const client = useQueryClient();
  const signedIn = useSignedIn();
  const toast = useToast();

  const choose = (): void => {
    const work = async (): Promise<void> => {
      try {
        await signedIn('to change the workspace', () =>
          act('/organization/set-active', { organizationId: id }),
        );
        toast({ text: `You work in “${name}” now, in this browser.` });
      } catch (error) {
        toast({ text: failureOf(error).message });
      }
      // Most of what is known of the account is the workspace's.
      await client.invalidateQueries({ queryKey: ACCOUNT_QUERY });
    };
    void run(work);
  };
  return (
    <li>
      <div>
        <p>
          <Link href={`/settings/workspaces/${id}`}>{name}</Link> <span className="tag">{role}</span>{' '}
          {current && <span className="tag ok">you work here</span>}{' '}
          {paused && <span className="tag warn">paused</span>}
        </p>
        <p className="small soft num">
          <span className="mono">{slug}</span> · {personal ? 'your own' : plural(members, 'member')}
          {personal && members > 1 && ` · ${plural(members, 'member')}`}
        </p>
      </div>
      {!current && (
        <button
          type="button"
          className="plain"
          aria-label={`Work here: ${name}`}
          aria-disabled={busy}
          onClick={choose}
        >
          Work here
        </button>
      )}
    </li>
  );
}
