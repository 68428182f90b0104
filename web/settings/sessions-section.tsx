import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { SessionInfo } from '../../shared/contract/account.ts';
import { browserInWords } from '../account/browser-words.ts';
import { useSignedIn } from '../account/use-signed-in.ts';
import { failureOf } from '../http/call.ts';
import { formatDay } from '../ui/dates.ts';
import { formatAgo } from '../ui/format.ts';
import { useToast } from '../ui/toast.tsx';
import { QueryPart } from './query-part.tsx';
import { Section } from './section.tsx';
import { endSession, sessionsQuery } from './settings-api.ts';

export function SessionsSection(): ReactElement {
  const query = useQuery(sessionsQuery);
  const client = useQueryClient();
  const toast = useToast();
  const signedIn = useSignedIn();
  const end = useMutation({
    mutationFn: ({ id }: SessionInfo) => signedIn('to end a session', () => endSession(id)),
    onSuccess: () => toast({ text: 'The session has ended.' }),
    onError: (error) => toast({ text: failureOf(error).message }),
    onSettled: () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });

  return (
    <Section
      title="Sessions"
      what="The browsers in which you are signed in. An ended one must sign in again."
    >
      <QueryPart query={query}>
        {(sessions) => (
          <ul className="lines">
            {sessions.map((session) => (
              <li key={session.id}>
                <div>
                  <p>
                    {browserInWords(session.userAgent)}{' '}
                    {session.current && <span className="tag ok">this browser</span>}
                  </p>
                  <p className="small soft num">
                    {session.address && `${session.address} · `}seen{' '}
                    {formatAgo(Date.now() - Date.parse(session.lastSeenAt))} · signed in{' '}
                    {formatDay(session.createdAt)}
                  </p>
                </div>
                {!session.current && (
                  <button
                    type="button"
                    className="plain"
                    aria-label={`End the session in ${browserInWords(session.userAgent)}`}
                    aria-disabled={end.isPending}
                    onClick={() => !end.isPending && end.mutate(session)}
                  >
                    End
                  </button>
                )}
              </li>
            ))}
          </ul>
        )}
      </QueryPart>
    </Section>
  );
}
