import { focusManager } from '@tanstack/react-query';
import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, onTestFinished, test } from 'vitest';
import { Route } from 'wouter';
import type { HostedRun } from '../../../shared/contract/hosted.ts';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { RunPage } from '../../../web/runs/run-page.tsx';
import { type AccountPage, openAt, refuse } from '../support/account-page.tsx';
import { RUN } from '../support/fixtures.ts';
import { server } from '../support/server.ts';
import { hostedRunOf, JOB, numbered, placeText, streamJob } from './hosted-fixture.ts';

const factOf = (name: string): string | undefined =>
  screen.getByText(name, { selector: '[aria-labelledby=record-title] dt' }).nextElementSibling?.textContent;

const openRun = (): AccountPage => openAt(`/runs/${JOB}`, <Route path="/runs/:id" component={RunPage} />);

test('a queued run tells its place, and can be cancelled', async () => {
  let state: 'queued' | 'cancelled' = 'queued';
  const cancelled: string[] = [];
  server.use(
    http.get(ROUTES.hostedRun(':id'), () =>
      HttpResponse.json(hostedRunOf({ state, place: state === 'queued' ? 3 : null })),
    ),
    http.delete(ROUTES.hostedRun(':id'), ({ params }) => {
      cancelled.push(String(params['id']));
      state = 'cancelled';
      return HttpResponse.json(hostedRunOf({ state, place: null }), { status: 202 });
    }),
    http.get(ROUTES.hostedEvents(':id'), () => {
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => controller.enqueue(new TextEncoder().encode(placeText(2))),
      });
      return new HttpResponse(body, { headers: { 'content-type': 'text/event-stream' } });
    }),
  );
  const { user } = openRun();
  expect(await screen.findByRole('heading', { name: 'Place 2 in the queue' })).toBeVisible();
  expect(document.title).toBe('In the queue · Oneturn');
  await user.click(
    within(screen.getByRole('region', { name: 'Progress' })).getByRole('button', { name: /Cancel/ }),
  );
  expect(await screen.findByRole('heading', { name: 'Cancelled' })).toBeVisible();
  expect(screen.getByText(/before it began. Nothing was used/)).toBeVisible();
  expect(document.title).toBe('Run · Oneturn');
  expect(cancelled).toEqual([JOB]);
});

test('the record follows the stream at once: out of the queue, and back into it when the worker stops', async () => {
  // Nothing is asked again by the clock in a tab that nobody looks at: what is asked here has the stream as its reason.
  focusManager.setFocused(false);
  onTestFinished(() => focusManager.setFocused(undefined));
  const records: HostedRun[] = [hostedRunOf()];
  let asked = 0;
  let stream: ReadableStreamDefaultController<Uint8Array> | undefined;
  const send = (text: string): void => stream?.enqueue(new TextEncoder().encode(text));
  server.use(
    http.get(ROUTES.hostedRun(':id'), () => {
      asked += 1;
      return HttpResponse.json(records.at(-1));
    }),
    http.get(ROUTES.hostedEvents(':id'), () => {
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => {
          stream = controller;
          send(placeText(1));
        },
      });
      return new HttpResponse(body, { headers: { 'content-type': 'text/event-stream' } });
    }),
  );
  const { container } = openRun();
  expect(await screen.findByRole('heading', { name: 'Next in the queue' })).toBeVisible();
  expect(screen.getByTestId('announcer')).toHaveTextContent('Waiting in the queue.');
  expect(asked).toBe(1);

  // The fixture was queued on another day: a clock that counts from then is told apart.
  const startedAt = new Date().toISOString();
  records.push(hostedRunOf({ state: 'running', place: null, startedAt, attempts: 1 }));
  send(numbered(RUN.slice(0, 2)).join(''));
  await waitFor(() => expect(factOf('State')).toBe('running'));
  await waitFor(() => expect(screen.getByTestId('announcer')).toHaveTextContent('Classifying the goal.'));
  expect(container.querySelector('[data-testid=run] .num')?.textContent).toMatch(/^\d{1,2}\.\d s/);
  send(numbered(RUN.slice(2, 5), 3).join(''));
  await waitFor(() => expect(screen.getByTestId('announcer')).toHaveTextContent('Planning.'));
  expect(asked).toBe(2);

  records.push(hostedRunOf({ place: 4, startedAt, attempts: 1 }));
  send(placeText(4));
  await waitFor(() => expect(factOf('State')).toBe('queued'));
  expect(screen.getByRole('heading', { name: 'Place 4 in the queue' })).toBeVisible();
  expect(screen.getByText(/Its worker stopped; another one goes on/)).toBeVisible();
  expect(screen.getByTestId('announcer')).toHaveTextContent('Waiting in the queue.');
});

test('a run whose last event is here before its record says so is not called cancelled', async () => {
  let ended = false;
  const startedAt = '2026-11-21T10:00:02.000Z';
  server.use(
    http.get(ROUTES.hostedRun(':id'), () =>
      HttpResponse.json(
        hostedRunOf(
          ended
            ? { state: 'done', place: null, startedAt, endedAt: '2026-11-21T10:00:09.500Z' }
            : { state: 'running', place: null, startedAt },
        ),
      ),
    ),
    streamJob([numbered(RUN)]).handler,
  );
  openRun();
  expect(await screen.findByText('Done')).toBeVisible();
  expect(factOf('State')).toBe('running');
  expect(screen.queryByRole('heading', { name: 'Cancelled' })).toBeNull();
  ended = true;
  await waitFor(() => expect(factOf('State')).toBe('done'));
  expect(screen.queryByRole('heading', { name: 'Cancelled' })).toBeNull();
});

test('an ended run is drawn from its events, with its record and its plan', async () => {
  const record = hostedRunOf({
    state: 'done',
    place: null,
    attempts: 1,
    startedAt: '2026-11-21T10:00:02.000Z',
    endedAt: '2026-11-21T10:00:09.500Z',
    planId: '11111111-1111-4111-8111-111111111111',
    phases: [
      {
        phase: 'classifying',
        attempt: 1,
        startedAt: '2026-11-21T10:00:02.000Z',
        endedAt: '2026-11-21T10:00:03.200Z',
      },
    ],
    calls: [
      {
        ...{
          call: 'draft-i1-1',
          phase: 'drafting',
          item: 'i1',
          attempt: 1,
          state: 'done',
          startedAt: '2026-11-21T10:00:04.000Z',
          ms: 1500,
        },
        usage: { inputTokens: 500, outputTokens: 120, costUsd: 0.0033, estimated: false },
      },
    ],
  });
  server.use(
    http.get(ROUTES.hostedRun(':id'), () => HttpResponse.json(record)),
    streamJob([numbered(RUN)]).handler,
    // deleted since: the run is shown as its events tell it
    http.get(ROUTES.plan(':id'), () => refuse({ code: 'not_found', message: 'There is no such plan here.' })),
  );
  openRun();
  expect(await screen.findByRole('link', { name: 'Open plan' })).toHaveAttribute(
    'href',
    `/me/plans/${record.planId}`,
  );
  expect(await screen.findByText('Done')).toBeVisible();
  expect(screen.getAllByText('7.5 s')[0]).toBeVisible();
  const calls = screen.getByRole('table', { name: 'Model calls' });
  expect(
    within(calls).getByRole('row', { name: /collect-changes.*\+2\.0 s.*1\.5 s.*500.*120.*\$0\.0033/ }),
  ).toBeVisible();
  expect(screen.getByRole('row', { name: /classifying.*\+0\.0 s.*1\.2 s/ })).toBeVisible();
});

test('a call that was stopped with its run is told apart from one that failed', async () => {
  const call = {
    phase: 'drafting',
    attempt: 1,
    startedAt: '2026-11-21T10:00:04.000Z',
    ms: 900,
    usage: null,
  } as const;
  const record = hostedRunOf({
    state: 'cancelled',
    place: null,
    attempts: 1,
    startedAt: '2026-11-21T10:00:02.000Z',
    endedAt: '2026-11-21T10:00:05.000Z',
    calls: [
      { ...call, call: 'draft-i1-1', item: 'i1', state: 'cancelled' },
      { ...call, call: 'draft-i2-1', item: 'i2', state: 'failed' },
    ],
  });
  server.use(
    http.get(ROUTES.hostedRun(':id'), () => HttpResponse.json(record)),
    streamJob([numbered([{ event: 'cancelled', data: {} }])]).handler,
  );
  openRun();
  const rows = within(await screen.findByRole('table', { name: 'Model calls' })).getAllByRole('row');
  expect(rows.slice(1).map((row) => within(row).getByText(/^(?:cancelled|failed)$/).textContent)).toEqual([
    'cancelled',
    'failed',
  ]);
});

test('another user’s run is told as unknown', async () => {
  server.use(
    http.get(ROUTES.hostedRun(':id'), () =>
      refuse({ code: 'not_found', message: 'There is no such run here.' }),
    ),
  );
  openRun();
  expect(await screen.findByRole('heading', { name: 'There is no such run' })).toBeVisible();
});
