import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import type { CreatedToken, TokenInfo } from '../../shared/contract/account.ts';
import { useSignedIn } from '../account/use-signed-in.ts';
import { failureOf } from '../http/call.ts';
import { formatDay } from '../ui/dates.ts';
import { formatAgo } from '../ui/format.ts';
import { useToast } from '../ui/toast.tsx';
import { QueryPart } from './query-part.tsx';
import { RevokeDialog } from './revoke-dialog.tsx';
import { Section } from './section.tsx';
import styles from './settings.module.css';
import { revokeToken, tokensQuery } from './settings-api.ts';
import { ShownToken, TokenDialog } from './token-dialog.tsx';

type Open =
  | { readonly what: 'new' }
  | { readonly what: 'made'; readonly made: CreatedToken }
  | { readonly what: 'revoke'; readonly token: TokenInfo };

export function TokensSection(): ReactElement {
  const query = useQuery(tokensQuery);
  const client = useQueryClient();
  const toast = useToast();
  const signedIn = useSignedIn();
  const [open, setOpen] = useState<Open>();
  const refresh = (): Promise<void> => client.invalidateQueries({ queryKey: tokensQuery.queryKey });
  const revoke = useMutation({
    mutationFn: ({ id }: TokenInfo) => signedIn('to revoke a token', () => revokeToken(id)),
    onSuccess: (_, { name }) => toast({ text: `Revoked “${name}”. It works no more.` }),
    onError: (error) => toast({ text: failureOf(error).message }),
    onSettled: refresh,
  });

  return (
    <Section
      title="API tokens"
      what="For agents and cron: they start hosted runs and read plans, by what their scopes allow. They can never run on a provider key of yours."
    >
      <QueryPart query={query}>
        {(tokens) => (
          <>
            {tokens.length > 0 && (
              <ul className="lines">
                {tokens.map((token) => (
                  <TokenLine
                    key={token.id}
                    token={token}
                    onRevoke={() => setOpen({ what: 'revoke', token })}
                  />
                ))}
              </ul>
            )}
            <button
              type="button"
              className={`plain strong ${styles['start']}`}
              onClick={() => setOpen({ what: 'new' })}
            >
              New token
            </button>
          </>
        )}
      </QueryPart>
      {open?.what === 'new' && (
        <TokenDialog
          onClose={() => setOpen(undefined)}
          onMade={(made) => {
            setOpen({ what: 'made', made });
            void refresh();
          }}
        />
      )}
      {open?.what === 'made' && <ShownToken made={open.made} onClose={() => setOpen(undefined)} />}
      {open?.what === 'revoke' && (
        <RevokeDialog
          token={open.token}
          onClose={() => setOpen(undefined)}
          onRevoke={() => {
            revoke.mutate(open.token);
            setOpen(undefined);
          }}
        />
      )}
    </Section>
  );
}

function TokenLine({
  token,
  onRevoke,
}: {
  readonly token: TokenInfo;
  readonly onRevoke: () => void;
}): ReactElement {
  const { name, lastFour, scopes, expiresAt, lastUsedAt } = token;
  const expired = expiresAt !== null && Date.parse(expiresAt) < Date.now();
  const expiry = expiresAt === null ? 'does not expire' : `until ${formatDay(expiresAt)}`;
  return (
    <li>
      <div>
        <p>
          {name} <span className="mono soft">…{lastFour}</span>{' '}
          {scopes.map((scope) => (
            <span key={scope} className="tag mono">
              {scope}
            </span>
          ))}{' '}
          {expired && <span className="tag warn">expired</span>}
        </p>
        <p className="small soft num">
          {lastUsedAt === null ? 'never used' : `used ${formatAgo(Date.now() - Date.parse(lastUsedAt))}`} ·{' '}
          {expiry}
        </p>
      </div>
      <button type="button" className="plain" aria-label={`Revoke ${name}`} onClick={onRevoke}>
        Revoke
      </button>
    </li>
  );
}
