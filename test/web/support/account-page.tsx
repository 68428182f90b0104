import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type RenderResult, render } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import type { ReactElement } from 'react';
import type { Me } from '../../../shared/contract/account.ts';
import type { Failure } from '../../../shared/contract/failure.ts';
import { statusOf } from '../../../shared/contract/failure.ts';
import { ROUTES } from '../../../shared/contract/routes.ts';
import type { SavedPlan } from '../../../shared/contract/saved-plan.ts';
import type { ServerConfig } from '../../../shared/contract/server-config.ts';
import { SignInRegion } from '../../../web/account/sign-in-region.tsx';
import { ToastRegion } from '../../../web/ui/toast.tsx';
import { analysisOf, configNow, draftOf, GOAL, INTENT, PLAN } from './fixtures.ts';
import { server } from './server.ts';

export const ME: Me = {
  handle: 'ada',
  name: 'Ada',
  email: 'ada@example.com',
  workspace: { id: 'w1', name: 'ada', slug: 'ada', role: 'owner' },
};
export const PASSWORD = 'correct horse battery';

export interface AccountPage extends RenderResult {
  readonly user: UserEvent;
}

/** A page inside the regions that the app puts around it, at `path`, for somebody who is signed in unless `config` says otherwise. */
export function openAt(
  path: string,
  page: ReactElement,
  config: Partial<ServerConfig> = { me: { handle: ME.handle } },
): AccountPage {
  // Most tests need no key.
  localStorage.setItem('oneturn.choice', localStorage.getItem('oneturn.choice') ?? '{"provider":"sandbox"}');
  history.replaceState(null, '', path);
  server.use(
    http.get(ROUTES.config, () => HttpResponse.json(configNow(config))),
    http.get(ROUTES.me, () => HttpResponse.json(ME)),
    http.get(ROUTES.publishDrafts, () => HttpResponse.json({ drafts: [] })),
  );
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, retryDelay: 1 } } });
  const view = render(
    <QueryClientProvider client={client}>
      <ToastRegion>
        <SignInRegion>{page}</SignInRegion>
      </ToastRegion>
    </QueryClientProvider>,
  );
  return { ...view, user: userEvent.setup() };
}

export function refuse(failure: Failure, more: object = {}): Response {
  return HttpResponse.json({ error: failure, ...more }, { status: statusOf(failure.code) });
}

export const AWAY: Failure = {
  code: 'unavailable',
  message: 'The database does not answer. Try again in a moment; nothing is lost.',
};
export const SIGNED_OUT: Failure = { code: 'unauthenticated', message: 'Sign in first.' };

export function savedPlan(change: Partial<SavedPlan> = {}): SavedPlan {
  return {
    id: '11111111-1111-4111-8111-111111111111',
    rev: 1,
    title: PLAN.title,
    goal: GOAL,
    intent: INTENT,
    // its own: the page remembers what is open of a plan by the object
    plan: { ...PLAN },
    drafts: [draftOf('i1'), draftOf('i2')],
    analyses: [analysisOf('i1'), analysisOf('i2')],
    usage: { inputTokens: 1000, outputTokens: 234, costUsd: 0.0065, estimated: false },
    outcome: 'done',
    origin: { provider: 'anthropic', model: 'claude-sonnet-5', credentials: 'user' },
    createdAt: '2026-11-20T10:00:00.000Z',
    updatedAt: '2026-11-20T10:00:00.000Z',
    ...change,
  };
}

/** A plan as lists and edits answer with it. */
export function summaryOf({
  id,
  rev,
  title,
  goal,
  outcome,
  origin,
  drafts,
  createdAt,
  updatedAt,
}: SavedPlan) {
  return { id, rev, title, goal, outcome, origin, drafts: drafts.length, createdAt, updatedAt };
}
