import { screen, waitFor } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { ROUTES } from '../../../shared/contract/routes.ts';
import type { ServerConfig } from '../../../shared/contract/server-config.ts';
import { ComposePage } from '../../../web/compose/compose-page.tsx';
import { openCompose } from '../../../web/compose/session/open-compose.ts';
import { type AccountPage, ME, openAt, refuse } from '../support/account-page.tsx';
import { configNow, GOAL } from '../support/fixtures.ts';
import { server } from '../support/server.ts';
import { hostedRunOf, JOB } from './hosted-fixture.ts';

const OFFER = { provider: 'sandbox', models: ['sandbox-1'], sandbox: true };
const BUDGET = { limitUsd: null, leftUsd: null, resetsAt: '2026-11-29T00:00:00Z' };

async function openForm(more: Partial<ServerConfig> = {}): Promise<AccountPage> {
  const compose = openCompose(async () => ({ config: configNow(), offsetMs: 0 }));
  const page = openAt('/compose', <ComposePage compose={compose} />, {
    me: { handle: ME.handle },
    hosted: OFFER,
    ...more,
  });
  await page.user.type(await screen.findByLabelText('Goal'), GOAL);
  return page;
}

test('"Run on this server" queues the goal and opens the page of the run', async () => {
  const sent: unknown[] = [];
  server.use(
    http.post(ROUTES.hosted, async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(hostedRunOf(), { status: 202 });
    }),
  );
  const { user } = await openForm();
  await user.click(await screen.findByRole('button', { name: 'Run on this server' }));
  await waitFor(() => expect(location.pathname).toBe(`/runs/${JOB}`));
  expect(sent).toEqual([{ goal: GOAL }]);
});

test('a start whose answer was lost is repeated under the same key', async () => {
  const keys: (string | null)[] = [];
  server.use(
    http.post(ROUTES.hosted, ({ request }) => {
      keys.push(request.headers.get('idempotency-key'));
      return keys.length === 1 ? HttpResponse.error() : HttpResponse.json(hostedRunOf(), { status: 202 });
    }),
  );
  const { user } = await openForm();
  const button = await screen.findByRole('button', { name: 'Run on this server' });
  await user.click(button);
  await screen.findByText(/could not reach its server/);
  await user.click(button);
  await waitFor(() => expect(location.pathname).toBe(`/runs/${JOB}`));
  expect(keys[0]).toBe(keys[1]);
});

test('without budget the reset time is told, and the way to one’s own key keeps the goal', async () => {
  const message =
    'Today’s budget for runs on this server is used up. It is renewed at 2026-11-22 00:00 UTC. You can use your own key now.';
  server.use(
    http.post(ROUTES.hosted, () => refuse({ code: 'budget_exhausted', message, retryAfterSeconds: 3600 })),
  );
  const { user } = await openForm();
  await user.selectOptions(screen.getByLabelText('Provider'), 'anthropic');
  await user.click(await screen.findByRole('button', { name: 'Run on this server' }));
  expect(await screen.findByText(message)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Use my own key' }));
  expect(screen.getByLabelText('Key')).toHaveFocus();
  expect(screen.getByLabelText('Goal')).toHaveValue(GOAL);
});

test('a server that offers nothing has no such button', async () => {
  const compose = openCompose(async () => ({ config: configNow(), offsetMs: 0 }));
  openAt('/compose', <ComposePage compose={compose} />);
  await screen.findByLabelText('Provider');
  expect(screen.queryByRole('button', { name: 'Run on this server' })).toBeNull();
});

test('who has stored keys chooses one, sees who bills it, and nobody else is asked to pay', async () => {
  const sent: unknown[] = [];
  const offerOf = (provider: string, name: string, site = '') => ({
    ...{ provider, site, model: `${provider}-1`, name, lastFour: name.slice(-4), scope: 'workspace' },
  });
  const page = {
    ...{ runs: [], budget: BUDGET, offer: OFFER },
    storedOffers: [offerOf('anthropic', 'Team 1234'), offerOf('azure', 'Cloud 5678', 'north')],
  };
  server.use(
    http.get(ROUTES.hosted, () => HttpResponse.json(page)),
    http.post(ROUTES.hosted, async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(hostedRunOf(), { status: 202 });
    }),
  );
  const { user } = await openForm({ vault: true });
  await screen.findByText(/anthropic-1 on “Team 1234” …1234, .* 0 credits .* billed by Anthropic/);
  await user.selectOptions(screen.getByLabelText('Stored key'), '1');
  await screen.findByText(/azure-1 on “Cloud 5678” …5678/);
  await user.click(screen.getByRole('button', { name: 'Run on your stored key' }));
  await waitFor(() => expect(location.pathname).toBe(`/runs/${JOB}`));
  expect(sent).toEqual([
    { goal: GOAL, credentials: 'stored', provider: 'azure', site: 'north', model: 'azure-1' },
  ]);
});

test('without a stored key, and where the server has no vault, none is spoken of', async () => {
  const page = { runs: [], budget: BUDGET, offer: OFFER, storedOffers: [] };
  server.use(http.get(ROUTES.hosted, () => HttpResponse.json(page)));
  await openForm({ vault: true });
  await screen.findByRole('button', { name: 'Run on this server' });
  expect(screen.queryByRole('button', { name: 'Run on your stored key' })).toBeNull();
});
