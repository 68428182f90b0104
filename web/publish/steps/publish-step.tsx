import { useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { BundleInfo, Visibility } from '../../../shared/contract/registry.ts';
import { ACCOUNT_QUERY } from '../../account/me.ts';
import { useSignedIn } from '../../account/use-signed-in.ts';
import { useAction } from '../../http/use-action.ts';
import { publishDraftsQuery } from '../../plans/publish-drafts.ts';
import { Provenance } from '../../registry/provenance.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { plural } from '../../ui/format.ts';
import { CriticStep } from '../critic/critic-step.tsx';
import { useCritic } from '../critic/use-critic.ts';
import styles from '../publish.module.css';
import { publish } from '../publish-api.ts';
import type { JudgedSkill } from '../state/judge-work.ts';
import type { Pin } from '../state/pins.ts';
import type { WizardTools } from '../use-wizard.ts';

const PUBLISH_WORDS: Readonly<Record<Visibility, string>> = {
  public: 'Publish for everyone',
  unlisted: 'Publish unlisted',
  private: 'Publish for the workspace',
};
const SEES: Readonly<Record<Visibility, string>> = {
  public: 'Everyone will see exactly this',
  unlisted: 'Whoever has the address will see exactly this',
  private: 'Your workspace will see exactly this',
};

/** The dry run: what the server says would be there, next to what this page signed. Then the one press. */
export function PublishStepView({ tools }: { readonly tools: WizardTools }): ReactElement {
  const { refusal, judged, work, ready } = tools;
  const critic = useCritic(tools);
  if (!refusal.bundle || !judged)
    return <p className="soft">The registry is asked what would be published.</p>;
  const odd = differing(refusal.bundle, judged);
  return (
    <>
      <h3>{SEES[work.visibility]}</h3>
      <Listed bundle={refusal.bundle} reused={ready?.parts.reused ?? []} />
      <Provenance bundle={refusal.bundle} />
      {odd ? (
        <FailureNote
          failure={{
            code: 'internal',
            message: `The server read another text for ${odd} than this page shows. Nothing was published. Reload the page.`,
          }}
        />
      ) : (
        <>
          <CriticStep tools={critic} skills={judged.length} />
          <PublishButton tools={tools} holds={critic.holds} />
        </>
      )}
    </>
  );
}

function Listed({
  bundle,
  reused,
}: {
  readonly bundle: BundleInfo;
  readonly reused: readonly Pin[];
}): ReactElement {
  const { publisher, name, version, description, licence, categories, skills } = bundle;
  return (
    <div className="sheet pad">
      <p>
        <span className="skill-name">
          {publisher}/{name}
        </span>{' '}
        <span className="num">{version}</span> <span className="soft">{licence}</span>
      </p>
      <p dir="auto">{description}</p>
      {categories.length > 0 && (
        <p className="small">
          <span className="soft">Categories: </span>
          {categories.join(', ')}
        </p>
      )}
      <ul className={styles['listed']}>
        {skills.map((skill) => (
          <li key={skill.name}>
            <p>
              <span className="skill-name">{skill.name}</span>{' '}
              <span className="small soft num">
                {skill.findings.length === 0 ? 'no findings' : plural(skill.findings.length, 'finding')}
              </span>
            </p>
            {skill.acknowledgement && (
              <p className="small" dir="auto">
                <span className="soft">You say: </span>
                {skill.acknowledgement}
              </p>
            )}
            {skill.files.map(({ path, bytes, sha256 }) => (
              <p key={path} className="small soft num">
                {path}, {plural(bytes, 'byte')} <code className="mono">{sha256.slice(0, 16)}</code>
              </p>
            ))}
          </li>
        ))}
        {reused.map((pin) => (
          <li key={`${pin.publisher}/${pin.name}`}>
            <p>
              <span className="skill-name">{pin.name}</span>{' '}
              <span className="small soft num">
                reused: {pin.publisher} {pin.version}, as it is published
              </span>
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface PublishButtonProps {
  readonly tools: WizardTools;
  /** Why it cannot be pressed. */
  readonly holds: string | undefined;
}

function PublishButton({ tools, holds }: PublishButtonProps): ReactElement {
  const { signed, work, go } = tools;
  const { busy, failure, run } = useAction();
  const signedIn = useSignedIn();
  const client = useQueryClient();
  const press = (): void => {
    if (!signed || holds !== undefined) return;
    void run(async () => {
      const bundle = await signedIn('to publish', () => publish(signed.wish, signed.publishId));
      tools.forget();
      tools.setPublished(bundle);
      void client.invalidateQueries({ queryKey: publishDraftsQuery.queryKey });
      void client.invalidateQueries({ queryKey: [...ACCOUNT_QUERY, 'bundles'] });
    });
  };
  return (
    <>
      {failure && (
        <FailureNote failure={failure} kept="Nothing was published. Your work and its signature are kept.">
          {failure.field?.startsWith('manifest.') && (
            <button type="button" className="plain" onClick={() => go('name')}>
              Change name or version
            </button>
          )}
          {(failure.field === 'signingKey' || failure.field?.startsWith('skills')) && (
            <button type="button" className="plain" onClick={() => tools.setSigned(undefined)}>
              Sign again
            </button>
          )}
        </FailureNote>
      )}
      <div className="row actions">
        <button
          type="button"
          className="primary"
          aria-disabled={busy || holds !== undefined}
          aria-describedby="publish-reason"
          onClick={press}
        >
          {busy ? 'Publishing…' : PUBLISH_WORDS[work.visibility]}
        </button>
        <span id="publish-reason" className="small soft">
          {holds ?? 'All of it or nothing. What is published is never changed, only followed.'}
        </span>
      </div>
    </>
  );
}

/** The path of a file that the server read otherwise than it is shown here; undefined: all are the same. */
function differing({ skills }: BundleInfo, judged: readonly JudgedSkill[]): string | undefined {
  const said = new Map(skills.map(({ name, contentDigest }) => [name, contentDigest]));
  return judged.find(({ draft, contentDigest }) => said.get(draft.name.trim()) !== contentDigest)?.draft.name;
}
