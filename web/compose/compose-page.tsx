import { type ReactElement, useState } from 'react';
import { useSearchParams } from 'wouter';
import { SecretDoubt } from '../ask/goal/secret-doubt.tsx';
import { part } from '../chunks/part.tsx';
import { useServerConfig } from '../config/server-config.ts';
import { Announcer } from '../run/announcer.tsx';
import { isBusy } from '../run/state/run-state.ts';
import { type RunStore, useRun } from '../run/state/run-store.ts';
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
  // Of the run only this: what streams renders the answer again, not the form beside it.
  const busy = useRun(store, ({ status }) => isBusy(status));
  const form = useComposeForm(compose, config);
  const { ask, submit } = form;
  const [sampled, setSampled] = useState(false);
  const [params] = useSearchParams();
  useCancelShortcut(busy, session.cancel);

  return (
    <div className={styles['compose']} data-busy={busy || undefined}>
      <p className={`soft ${styles['lead']}`}>
        One goal in, a bundle of agent skills out, on your own key for one run.{' '}
        <button type="button" className="link" onClick={() => setSampled(true)}>
          See a sample result
        </button>
      </p>
      <ComposeForm form={form} store={store} onFocus={warmRunView} />
      <Answer compose={compose} form={form} sampled={sampled} onSampled={setSampled} />
      {submit.doubt && <SecretDoubt onAnswer={submit.answerDoubt} />}
      {params.has('plan') && <OpenedPlan store={store} ask={ask} config={config} />}
      <StoreAnnouncer store={store} />
    </div>
  );
}

function StoreAnnouncer({ store }: { readonly store: RunStore }): ReactElement {
  return <Announcer run={useRun(store, (state) => state)} />;
}
