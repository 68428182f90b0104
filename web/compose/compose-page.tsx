import { type ReactElement, useState } from 'react';
import { useSearchParams } from 'wouter';
import { SecretDoubt } from '../ask/goal/secret-doubt.tsx';
import { part } from '../chunks/part.tsx';
import { useServerConfig } from '../config/server-config.ts';
import { Announcer } from '../run/announcer.tsx';
import { isBusy } from '../run/state/run-state.ts';
import { useRun } from '../run/state/run-store.ts';
import { useCancelShortcut } from '../run/use-cancel-shortcut.ts';
import { Answer, warmRunView } from './answer.tsx';
import styles from './compose.module.css';
import type { Compose } from './session/open-compose.ts';
import { ComposeForm } from './submit/compose-form.tsx';
import { useComposeForm } from './submit/use-compose-form.ts';

const OpenedPlan = part(
  () => import('./opened-plan.ts'),
  (module) => module.OpenedPlan,
);

/** The form on the left and what became of it on the right; `compose` is the tab's, and outlives the page. */
export function ComposePage({ compose }: { readonly compose: Compose }): ReactElement {
  const { store, session } = compose;
  const { data } = useServerConfig();
  const config = data?.config;
  const run = useRun(store, (state) => state);
  const form = useComposeForm(compose, config);
  const { ask, submit } = form;
  const [sampled, setSampled] = useState(false);
  const [params] = useSearchParams();
  useCancelShortcut(isBusy(run.status), session.cancel);

  return (
    <div className={styles['compose']} data-busy={isBusy(run.status) || undefined}>
      <p className={`soft ${styles['lead']}`}>
        One goal in, a bundle of agent skills out, on your own key for one run.{' '}
        <button type="button" className="link" onClick={() => setSampled(true)}>
          See a sample result
        </button>
      </p>
      <ComposeForm form={form} run={run} onFocus={warmRunView} />
      <Answer compose={compose} form={form} run={run} sampled={sampled} onSampled={setSampled} />
      {submit.doubt && <SecretDoubt onAnswer={submit.answerDoubt} />}
      {params.has('plan') && <OpenedPlan store={store} ask={ask} config={config} />}
      <Announcer run={run} />
    </div>
  );
}
