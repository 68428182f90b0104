import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { KeyPolicy } from '../../shared/contract/vault/key-policy.ts';
import { Section } from '../settings/section.tsx';
import { announcedEnds, whoForbade } from './policy-words.ts';

/** For a page of stored keys on which none can be stored. */
export function PolicyNotice({
  policy,
  workspace,
}: {
  readonly policy: KeyPolicy;
  readonly workspace: string;
}): ReactElement {
  return (
    <Section title="No keys at rest">
      <PolicyState policy={policy} />
      <p className="small">
        Runs take the key that you paste on <Link href="/compose">Compose</Link>, which is written nowhere.{' '}
        <Link href={`/settings/workspaces/${workspace}`}>The workspace’s page</Link> has the policy.
      </p>
    </Section>
  );
}

/** Who forbade it, and what ends are announced. */
export function PolicyState({ policy }: { readonly policy: KeyPolicy }): ReactElement {
  return (
    <>
      {whoForbade(policy).map((sentence) => (
        <p key={sentence}>
          <span className="tag ok">in force</span> {sentence}
        </p>
      ))}
      {announcedEnds(policy).map((sentence) => (
        <p key={sentence}>
          <span className="tag warn">ends</span> {sentence}
        </p>
      ))}
    </>
  );
}
