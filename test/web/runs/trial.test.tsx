import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { Route } from 'wouter';
import type { SkillEvals, Trial } from '../../../shared/contract/evals.ts';
import type { ComposeEvent } from '../../../shared/contract/events.ts';
import type { HostedRequest, HostedRun } from '../../../shared/contract/hosted.ts';
import { ROUTES } from '../../../shared/contract/routes.ts';
import type { SavedPlan } from '../../../shared/contract/saved-plan.ts';
import { PlanPage } from '../../../web/plans/plan-page.tsx';
import { RunPage } from '../../../web/runs/run-page.tsx';
import { hostedRunOf, JOB, numbered, streamJob } from '../hosted/hosted-fixture.ts';
import { ME, openAt, savedPlan, summaryOf } from '../support/account-page.tsx';
import { draftOf } from '../support/fixtures.ts';
import { server } from '../support/server.ts';

const PLAN = savedPlan();
const EVALS: SkillEvals = { item: 'i2', load: ['Write the notes'], skip: ['Read the notes'] };
const TRIAL: Trial = {
  ...{ item: 'i2', digest: draftOf('i2').digest, provider: 'acme', model: 'acme-1' },
  prompts: [
    { text: 'Write the notes', should: true, chosen: ['write-notes'] },
    { text: 'Read the notes', should: false, chosen: ['write-notes'] },
  ],
};
const EVENTS: readonly ComposeEvent[] = [
  { event: 'run', data: { id: JOB } },
  { event: 'phase', data: { phase: 'analyzing', state: 'start', done: 0, of: 3 } },
  { event: 'evals', data: EVALS },
  { event: 'trial', data: TRIAL },
];
const RECORD: Partial<HostedRun> = {
  ...{ state: 'running', place: null, attempts: 1, startedAt: '2026-11-21T10:00:02.000Z' },
  forPlan: { id: PLAN.id, rev: 1, result: 'kept', items: [{ id: 'i2', notes: [] }], tries: true },
};

interface Pages {
  readonly path: string;
  readonly plan?: SavedPlan;
  readonly record?: Partial<HostedRun>;
  readonly events?: readonly ComposeEvent[];
}

function open({ path, plan = PLAN, record = RECORD, events = EVENTS }: Pages) {
  const started: HostedRequest[] = [];
  const patched: Partial<SavedPlan>[] = [];
  server.use(
    http.get(ROUTES.hostedRun(JOB), () => HttpResponse.json(hostedRunOf(record))),
    streamJob([numbered(events)]).handler,
    http.get(ROUTES.plan(':id'), () => HttpResponse.json(plan)),
    http.post(ROUTES.hosted, async ({ request }) => {
      // as: the page sends what the contract says
      started.push((await request.json()) as HostedRequest);
      return HttpResponse.json(hostedRunOf(), { status: 202 });
    }),
    http.patch(ROUTES.plan(':id'), async ({ request }) => {
      // as: the page sends parts of a plan
      patched.push((await request.json()) as Partial<SavedPlan>);
      return HttpResponse.json(summaryOf({ ...plan, rev: plan.rev + 1 }));
    }),
  );
  const pages = (
    <>
      <Route path="/me/plans/:id" component={PlanPage} />
      <Route path="/runs/:id" component={RunPage} />
    </>
  );
  const hosted = { provider: 'sandbox', models: ['sandbox-1'], sandbox: true };
  return { ...openAt(path, pages, { me: { handle: ME.handle }, hosted }), started, patched };
}

test('a saved plan’s draft is tried on this server, at a cost that is told before', async () => {
  const { user, started } = open({ path: `/me/plans/${PLAN.id}`, plan: { ...PLAN, evals: [EVALS] } });
  await user.click(await screen.findByRole('button', { name: 'write-notes' }));
  await user.click(await screen.findByRole('tab', { name: 'Try' }));
  const panel = within(await screen.findByRole('tabpanel'));
  expect((await panel.findAllByText('free')).length).toBeGreaterThan(0);
  expect(panel.getByText(/On this server, with the sandbox/)).toBeVisible();
  expect(panel.getByRole('link', { name: /your own key/ })).toHaveAttribute(
    'href',
    `/compose?plan=${PLAN.id}`,
  );
  await user.click(panel.getByRole('button', { name: 'Try write-notes' }));
  await waitFor(() => expect(location.pathname).toBe(`/runs/${JOB}`));
  const { name, description } = draftOf('i2').manifest;
  const [body] = started;
  expect(body).toMatchObject({
    goal: PLAN.goal,
    forPlan: { id: PLAN.id, rev: PLAN.rev, result: 'kept' },
    trial: { items: [{ id: 'i2', name, description, body: draftOf('i2').body, evals: EVALS }] },
  });
  expect(body?.trial?.others.map((other) => other.name)).toContain(draftOf('i1').manifest.name);
});

test('the run’s page shows what comes of it, and lets nobody try meanwhile', async () => {
  open({ path: `/runs/${JOB}` });
  expect(await screen.findByText('Loaded for 1 of 1 that should load it')).toBeVisible();
  expect(screen.getByText('Left alone for 0 of 1 near misses')).toBeVisible();
  expect(screen.getByText('Trying…')).toBeVisible();
  expect(screen.queryByRole('button', { name: /^Try / })).toBeNull();
});

test('when it is over it says what it took, and the plan’s own results count', async () => {
  const usage = { inputTokens: 900, outputTokens: 100, costUsd: 0.004, estimated: false };
  const later = { ...TRIAL, prompts: TRIAL.prompts.map((prompt) => ({ ...prompt, chosen: [] })) };
  open({
    path: `/runs/${JOB}`,
    plan: { ...PLAN, rev: 3, evals: [EVALS], trials: [later] },
    record: { ...RECORD, state: 'done', endedAt: '2026-11-21T10:00:09.000Z', planId: PLAN.id, usage },
    events: [...EVENTS, { event: 'done', data: { drafts: 0 } }],
  });
  expect(await screen.findByText('Loaded for 0 of 1 that should load it')).toBeVisible();
  expect(screen.getByText(/The last try took \$0\.004/)).toBeVisible();
  expect(screen.getByRole('button', { name: 'Try write-notes' })).toBeVisible();
});

test('changed prompts are written into the plan, and those of other drafts stay', async () => {
  const other: SkillEvals = { item: 'i1', load: ['a'], skip: ['b'] };
  const { user, patched } = open({
    path: `/me/plans/${PLAN.id}`,
    plan: { ...PLAN, evals: [other, EVALS] },
  });
  await user.click(await screen.findByRole('button', { name: 'write-notes' }));
  await user.click(await screen.findByRole('tab', { name: 'Try' }));
  await user.click(await screen.findByRole('button', { name: 'Prompts and task' }));
  const field = await screen.findByLabelText('Prompts that should load it, one a line');
  await user.clear(field);
  await user.type(field, 'Draft the notes');
  await user.click(screen.getByRole('button', { name: 'Keep these' }));
  await waitFor(() => expect(patched).toEqual([{ evals: [other, { ...EVALS, load: ['Draft the notes'] }] }]));
});

test('a key among the prompts is neither kept nor sent', async () => {
  const { user, patched, started } = open({
    path: `/me/plans/${PLAN.id}`,
    plan: { ...PLAN, evals: [EVALS] },
  });
  await user.click(await screen.findByRole('button', { name: 'write-notes' }));
  await user.click(await screen.findByRole('tab', { name: 'Try' }));
  await user.click(await screen.findByRole('button', { name: 'Prompts and task' }));
  const field = await screen.findByLabelText('Prompts that should load it, one a line');
  await user.type(field, ` with sk-ant-api03-${'Ab3dE'.repeat(16)}`);
  await user.click(screen.getByRole('button', { name: 'Keep these' }));
  expect(await screen.findByText(/There seems to be a key in what you wrote/)).toBeVisible();
  expect([patched, started]).toEqual([[], []]);
});
