import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { Route } from 'wouter';
import type { ComposeEvent } from '../../../shared/contract/events.ts';
import type { HostedRequest, HostedRun } from '../../../shared/contract/hosted.ts';
import { ROUTES } from '../../../shared/contract/routes.ts';
import type { SavedPlan } from '../../../shared/contract/saved-plan.ts';
import { addUsage } from '../../../shared/contract/usage.ts';
import { RunPage } from '../../../web/runs/run-page.tsx';
import { hostedRunOf, JOB, numbered, streamJob } from '../hosted/hosted-fixture.ts';
import { type AccountPage, ME, openAt, savedPlan, summaryOf } from '../support/account-page.tsx';
import { analysisOf, draftOf, INTENT, PLAN, RUN } from '../support/fixtures.ts';
import { server } from '../support/server.ts';

const NEXT = '44444444-4444-4444-8444-444444444444';
const OVER: Partial<HostedRun> = {
  state: 'done',
  place: null,
  attempts: 1,
  startedAt: '2026-11-21T10:00:02.000Z',
  endedAt: '2026-11-21T10:00:09.500Z',
};

interface Sent {
  readonly started: { readonly body: HostedRequest; readonly key: string | null }[];
  readonly patched: { readonly body: Partial<SavedPlan>; readonly match: string | null }[];
}

/** The page of an ended run with its plan in the account. Sees what is sent, and keeps it as the server would. */
function openRun(record: Partial<HostedRun>, events: readonly ComposeEvent[], first = savedPlan()) {
  let plan = first;
  const sent: Sent = { started: [], patched: [] };
  server.use(
    http.get(ROUTES.hostedRun(JOB), () =>
      HttpResponse.json(hostedRunOf({ ...OVER, planId: plan.id, ...record })),
    ),
    // as far as this test goes the run that is started waits for ever
    http.get(ROUTES.hostedRun(NEXT), () => HttpResponse.json(hostedRunOf({ id: NEXT }))),
    streamJob([numbered(events)]).handler,
    http.get(ROUTES.plan(':id'), () => HttpResponse.json(plan)),
    http.post(ROUTES.hosted, async ({ request }) => {
      // as: the page sends what the contract says
      const body = (await request.json()) as HostedRequest;
      sent.started.push({ body, key: request.headers.get('idempotency-key') });
      return HttpResponse.json(hostedRunOf({ id: NEXT }), { status: 202 });
    }),
    http.patch(ROUTES.plan(':id'), async ({ request }) => {
      // as: the page sends parts of a plan
      const body = (await request.json()) as Partial<SavedPlan>;
      sent.patched.push({ body, match: request.headers.get('if-match') });
      plan = { ...plan, ...body, rev: plan.rev + 1 };
      return HttpResponse.json(summaryOf(plan));
    }),
  );
  const offer = { provider: 'sandbox', models: ['sandbox-1'], sandbox: true };
  const page: AccountPage = openAt(`/runs/${JOB}`, <Route path="/runs/:id" component={RunPage} />, {
    me: { handle: ME.handle },
    hosted: offer,
  });
  return { ...page, sent };
}

test('one draft is reworked on the server in one’s own words, in a run of its own for that plan', async () => {
  const { user, sent } = openRun({}, RUN);
  await user.click(await screen.findByRole('button', { name: 'write-notes' }));
  const form = within(await screen.findByRole('form', { name: 'Rework write-notes' }));
  expect(form.getByText(/On this server, with the sandbox/)).toBeVisible();
  await user.type(form.getByRole('textbox'), 'We use pnpm.');
  await user.click(form.getByRole('button', { name: 'Rework' }));
  await waitFor(() => expect(location.pathname).toBe(`/runs/${NEXT}`));
  const { id, rev, goal } = savedPlan();
  expect(sent.started[0]?.body).toEqual({
    goal,
    redraft: {
      intent: INTENT,
      plan: PLAN,
      items: [{ id: 'i2', body: draftOf('i2').body, notes: ['We use pnpm.'] }],
    },
    forPlan: { id, rev, result: 'offered' },
  });
  expect(sent.started[0]?.key).toMatch(/.{16}/);
});

test('a note with a key in it is refused here, and nothing is sent', async () => {
  const { user, sent } = openRun({}, RUN);
  await user.click(await screen.findByRole('button', { name: 'write-notes' }));
  const form = within(await screen.findByRole('form', { name: 'Rework write-notes' }));
  await user.type(form.getByRole('textbox'), `We use pnpm with sk-ant-api03-${'Ab3dE'.repeat(16)}.`);
  await user.click(form.getByRole('button', { name: 'Rework' }));
  expect(await screen.findByText(/There seems to be a key in what you wrote/)).toBeVisible();
  expect(sent.started).toEqual([]);
  expect(location.pathname).toBe(`/runs/${JOB}`);
});

const NEW_DRAFT = draftOf('i2', {
  body: '# write-notes\n\nDo it with pnpm.',
  digest: 'sha256:new',
  revision: 2,
});
const REWORKED: readonly ComposeEvent[] = [
  { event: 'run', data: { id: JOB } },
  { event: 'intent', data: INTENT },
  { event: 'plan', data: PLAN },
  { event: 'draft', data: NEW_DRAFT },
  { event: 'analysis', data: analysisOf('i2', { digest: 'sha256:new' }) },
  { event: 'done', data: { drafts: 1 } },
];
const COST = { inputTokens: 700, outputTokens: 90, costUsd: 0.002, estimated: false };
const OFFERED: Partial<HostedRun> = {
  usage: COST,
  forPlan: {
    id: savedPlan().id,
    rev: 1,
    result: 'offered',
    items: [{ id: 'i2', notes: ['We use pnpm.'] }],
  },
};

test('its answer is a change to look at; accepted, it is written into the plan with its cost, and can be undone', async () => {
  const { user, sent } = openRun(OFFERED, REWORKED);
  const answer = within(await screen.findByRole('region', { name: 'write-notes, reworked' }));
  expect(answer.getByText('We use pnpm.')).toBeVisible();
  expect(answer.getByText(/Do it with pnpm/)).toBeVisible();
  expect(answer.getByText(/Do it well/)).toBeVisible();
  expect(sent.patched).toEqual([]);
  await user.click(answer.getByRole('button', { name: 'Accept' }));
  await waitFor(() => expect(sent.patched).toHaveLength(1));
  const { body, match } = sent.patched[0] ?? {};
  expect(match).toBe('"1"');
  expect(body?.drafts).toEqual([draftOf('i1'), NEW_DRAFT]);
  expect(body?.analyses?.map(({ digest }) => digest)).toEqual(['sha256:i1', 'sha256:new']);
  expect(body?.usage).toEqual(addUsage(savedPlan().usage, COST));
  await waitFor(() => expect(screen.queryByRole('region', { name: 'write-notes, reworked' })).toBeNull());

  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(sent.patched).toHaveLength(2));
  expect(sent.patched[1]?.body.drafts).toEqual(savedPlan().drafts);
  // The cost was spent, whatever became of the text.
  expect(sent.patched[1]?.body.usage).toBeUndefined();
});

test('refused, nothing is written, and the plan is shown as it is', async () => {
  const { user, sent } = openRun(OFFERED, REWORKED);
  const answer = within(await screen.findByRole('region', { name: 'write-notes, reworked' }));
  await user.click(answer.getByRole('button', { name: 'Refuse' }));
  await waitFor(() => expect(location.pathname).toBe(`/me/plans/${savedPlan().id}`));
  expect(sent.patched).toEqual([]);
});

test('a draft is edited by hand on the run’s page, in the account’s plan', async () => {
  const { user, sent } = openRun({}, RUN);
  await user.click(await screen.findByRole('button', { name: 'collect-changes' }));
  await user.click(await screen.findByRole('tab', { name: 'Edit' }));
  const text = await screen.findByRole('textbox', { name: 'Body of collect-changes' });
  await user.type(text, ' By hand.');
  await user.click(screen.getByRole('button', { name: 'Keep' }));
  await waitFor(() => expect(sent.patched).toHaveLength(1));
  expect(sent.patched[0]?.body.drafts?.[0]?.body).toContain('Do it well. By hand.');
});

test('the plan is edited and drafted again: what changed is written anew, the rest stays', async () => {
  const { user, sent } = openRun({}, RUN);
  await user.click(await screen.findByRole('button', { name: 'Edit plan' }));
  const form = within(await screen.findByRole('form', { name: 'Edit the plan' }));
  expect(form.getByRole('button', { name: 'Nothing is changed yet' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  const item = within(form.getByRole('listitem', { name: 'write-notes' }));
  await user.type(item.getByLabelText('What it does, and when to use it'), ' For customers.');
  await user.click(form.getByRole('button', { name: 'Draft 1 skill again' }));
  await waitFor(() => expect(location.pathname).toBe(`/runs/${NEXT}`));
  const { redraft, forPlan } = sent.started[0]?.body ?? {};
  expect(forPlan).toEqual({ id: savedPlan().id, rev: 1, result: 'kept' });
  expect(redraft?.items).toEqual([{ id: 'i2' }]);
  expect(redraft?.plan.items[1]?.description).toMatch(/For customers\.$/);
});

test('all are drafted again on request, and a plan that only lost a skill is kept without a run', async () => {
  const { user, sent } = openRun({}, RUN);
  await user.click(await screen.findByRole('button', { name: 'Edit plan' }));
  const form = within(await screen.findByRole('form', { name: 'Edit the plan' }));
  await user.click(form.getByLabelText('Also those that did not change'));
  expect(form.getByRole('button', { name: 'Draft 2 skills again' })).toBeVisible();
  await user.click(form.getByLabelText('Also those that did not change'));

  await user.click(form.getByRole('button', { name: 'More for write-notes' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Drop' }));
  await user.click(form.getByRole('button', { name: 'Keep this plan' }));
  await waitFor(() => expect(sent.patched).toHaveLength(1));
  expect(sent.patched[0]?.body.plan?.items.map(({ id }) => id)).toEqual(['i1', 'i3']);
  expect(sent.patched[0]?.body.drafts).toEqual([draftOf('i1')]);
  expect(sent.started).toEqual([]);
});

test('a redraft that ended beside its plan says so', async () => {
  const planId = '55555555-5555-4555-8555-555555555555';
  const result = 'kept' as const;
  const forPlan = { id: savedPlan().id, rev: 1, result, items: [{ id: 'i2', notes: [] }] };
  openRun({ planId, forPlan }, REWORKED, savedPlan({ id: planId }));
  expect(await screen.findByText(/this became a plan of its own/)).toBeVisible();
});
