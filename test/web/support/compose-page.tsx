import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type RenderResult, render, screen } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { onTestFinished } from 'vitest';
import { ROUTES } from '../../../shared/contract/routes.ts';
import type { ServerConfig } from '../../../shared/contract/server-config.ts';
import { ComposePage } from '../../../web/compose/compose-page.tsx';
import { readKept } from '../../../web/compose/kept/read-kept.ts';
import { openCompose } from '../../../web/compose/session/open-compose.ts';
import { currentConfig } from '../../../web/config/server-config.ts';
import { IDLE } from '../../../web/run/state/run-state.ts';
import { ToastRegion } from '../../../web/ui/toast.tsx';
import { configNow, GOAL, KEY } from './fixtures.ts';
import { type ScriptedRun, scriptRun } from './scripted-run.ts';
import { server } from './server.ts';

export interface OpenPage extends RenderResult {
  readonly user: UserEvent;
  /** The next run's answer. */
  readonly run: ScriptedRun;
  /** How often the page asked for its configuration. */
  readonly configs: () => number;
  /** Another page of the tab is shown; `comeBack` shows this one again. */
  readonly leave: () => void;
  readonly comeBack: () => void;
}

/** The compose page as a browser tab opens it, with a server that a test scripts. */
export async function openPage(config: () => ServerConfig = configNow): Promise<OpenPage> {
  const page = mountPage(config);
  await screen.findByLabelText('Provider');
  return page;
}

/** The same before the page knows its configuration; undefined: it cannot get one. */
export function mountPage(config: () => ServerConfig | undefined): OpenPage {
  // Most tests need no key; what a newcomer sees first is in `test/web/samples`.
  localStorage.setItem('oneturn.choice', localStorage.getItem('oneturn.choice') ?? '{"provider":"sandbox"}');
  let configs = 0;
  const { run, handler } = scriptRun();
  server.use(
    http.get(ROUTES.config, () => {
      configs += 1;
      const answer = config();
      return answer ? HttpResponse.json(answer) : HttpResponse.error();
    }),
    handler,
  );
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const compose = openCompose(() => currentConfig(client), readKept(sessionStorage));
  // All tests have one window: the tab of a run that goes on would keep it there half a second later, in the next test's storage.
  onTestFinished(() => compose.store.replace(IDLE));
  const tab = (shown: boolean) => (
    <QueryClientProvider client={client}>
      <ToastRegion>{shown ? <ComposePage compose={compose} /> : <p>Another page</p>}</ToastRegion>
    </QueryClientProvider>
  );
  const page = render(tab(true));
  return {
    ...page,
    run,
    user: userEvent.setup(),
    configs: () => configs,
    leave: () => page.rerender(tab(false)),
    comeBack: () => page.rerender(tab(true)),
  };
}

export const goalField = (): HTMLTextAreaElement => screen.getByLabelText('Goal');
export const keyField = (): HTMLInputElement => screen.getByLabelText('Key');
export const planButton = (): HTMLElement =>
  screen.getByRole('button', { name: /^Plan (?:with my key|without a key|in the sandbox)$/ });

/** At once, as by paste: the page is drawn anew for each key that is pressed, and that is not what most tests are about. */
export async function enterGoal(user: UserEvent, goal = GOAL): Promise<void> {
  await user.click(goalField());
  await user.paste(goal);
}

/** The list of models, whose chunk comes when the form is first used. */
export async function openModels(user: UserEvent): Promise<HTMLElement> {
  await user.click(await screen.findByRole('combobox', { name: 'Model' }));
  return screen.findByRole('listbox', { name: 'Models' });
}

/** Types a model's id, whose field comes when the form is first used. */
export async function typeModelId(user: UserEvent, id: string): Promise<void> {
  await user.type(await screen.findByLabelText('Model id'), id);
}

/** A provider that needs a key, the goal and the key, as a user brings them. */
export async function withKey(page: OpenPage, key = KEY): Promise<void> {
  await page.user.selectOptions(screen.getByLabelText('Provider'), 'anthropic');
  await enterGoal(page.user);
  await page.user.click(keyField());
  await page.user.paste(key);
}
