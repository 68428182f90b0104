import { HttpResponse, http } from 'msw';
import { expect, test, vi } from 'vitest';
import { ROUTES } from '../../../../shared/contract/routes.ts';
import { RUN_ID_HEADER } from '../../../../shared/contract/run-limits.ts';
import {
  type CurrentConfig,
  createComposeSession,
  type Press,
} from '../../../../web/compose/session/compose-session.ts';
import { createRunStore } from '../../../../web/run/state/run-store.ts';
import { until } from '../../../until.ts';
import { configNow, GOAL, KEY, PROVIDERS, RUN, receiptOf } from '../../support/fixtures.ts';
import { scriptRun } from '../../support/scripted-run.ts';
import { server } from '../../support/server.ts';

const [sandbox, anthropic] = PROVIDERS;
if (!sandbox || !anthropic) throw new Error('the fixtures lack a provider');
const UNKEYED: Press = {
  request: { goal: GOAL, provider: 'sandbox', model: 'sandbox-1' },
  provider: sandbox,
  host: '127.0.0.1',
  take: undefined,
  keep: false,
};
const keyed = (take: () => string): Press => ({
  request: { goal: GOAL, provider: 'anthropic', model: 'claude-sonnet-5' },
  provider: anthropic,
  host: 'api.anthropic.com',
  take,
  keep: false,
});

function open(currentConfig: CurrentConfig = () => Promise.resolve({ config: configNow(), offsetMs: 0 })) {
  const store = createRunStore({ now: Date.now, frame: (flush) => flush() });
  const { run, handler } = scriptRun();
  server.use(handler);
  return { store, run, session: createComposeSession(store, currentConfig) };
}

test('a second start while a run lasts does nothing', async () => {
  const { session, run, store } = open();
  const first = session.start(UNKEYED);
  await session.start(UNKEYED);
  run.send(...RUN);
  run.end();
  await first;
  expect(run.requests).toHaveLength(1);
  expect(store.get().status).toBe('done');
});

test('the key is taken after everything that may fail before it, and only once', async () => {
  const order: string[] = [];
  const { session, run } = open(async () => {
    order.push('config');
    return { config: configNow(), offsetMs: 0 };
  });
  const take = vi.fn(() => {
    order.push('key');
    return KEY;
  });
  const running = session.start(keyed(take));
  run.send(...RUN);
  await until(() => expect(run.requests).toHaveLength(1));
  run.end();
  await running;
  expect(order).toEqual(['config', 'key']);
});

test('after a seal that did not open the server is asked for its key anew', async () => {
  const asked: unknown[] = [];
  const { session } = open(async (anew) => {
    asked.push(anew);
    return { config: configNow(), offsetMs: 0 };
  });
  const stale = { error: { code: 'key_malformed', reason: 'seal_stale', message: 'Paste the key again.' } };
  server.use(http.post(ROUTES.byo, () => HttpResponse.json(stale, { status: 422 })));
  await session.start(keyed(() => KEY));
  await session.start(keyed(() => KEY));
  expect(asked).toEqual([false, true]);
});

test('without the configuration the key stays in its field', async () => {
  const { session, run, store } = open(() => Promise.reject(new TypeError('Failed to fetch')));
  const take = vi.fn(() => KEY);
  await session.start(keyed(take));
  expect(take).not.toHaveBeenCalled();
  expect(run.requests).toHaveLength(0);
  expect(store.get()).toMatchObject({
    status: 'failed',
    failure: { code: 'internal', message: expect.stringContaining('Nothing was sent') },
  });
});

test('a cancel before anything was sent sends nothing and takes no key', async () => {
  let give = (): void => {};
  const { session, run, store } = open(
    () =>
      new Promise((resolve) => {
        give = () => resolve({ config: configNow(), offsetMs: 0 });
      }),
  );
  const take = vi.fn(() => KEY);
  const running = session.start(keyed(take));
  session.cancel();
  give();
  await running;
  expect(take).not.toHaveBeenCalled();
  expect(run.requests).toHaveLength(0);
  expect(store.get().status).toBe('cancelled');
});

test('after a cancel the receipt is asked for until it is there', async () => {
  const { session, run, store } = open();
  let asked = 0;
  server.use(
    http.get(ROUTES.byoReceipt(':run'), () => {
      asked += 1;
      return asked < 3
        ? HttpResponse.json({ error: { code: 'not_found', message: '' } }, { status: 404 })
        : HttpResponse.json(receiptOf());
    }),
  );
  const running = session.start(UNKEYED);
  run.send(...RUN.slice(0, 3));
  await until(() => expect(store.get().status).toBe('running'));
  session.cancel();
  await running;
  expect(asked).toBe(3);
  expect(store.get().receipt).toEqual(receiptOf());
});

test('after a failure with a status of its own the receipt is asked for once, by the name that the page gave the run', async () => {
  const { session, store } = open();
  const named: (string | null)[] = [];
  const asked: unknown[] = [];
  server.use(
    http.post(ROUTES.byo, ({ request }) => {
      named.push(request.headers.get(RUN_ID_HEADER));
      return HttpResponse.json({ error: { code: 'key_rejected', message: '' } }, { status: 422 });
    }),
    http.get(ROUTES.byoReceipt(':run'), ({ params }) => {
      asked.push(params['run']);
      if (asked.length > 1)
        return HttpResponse.json({ error: { code: 'not_found', message: '' } }, { status: 404 });
      expect(store.get().status).toBe('failed');
      return HttpResponse.json(receiptOf());
    }),
  );
  await session.start(UNKEYED);
  expect(store.get().receipt).toEqual(receiptOf());
  await session.start(UNKEYED);
  expect(store.get()).toMatchObject({ status: 'failed', failure: { code: 'key_rejected' } });
  expect(store.get().receipt).toBeUndefined();
  expect(asked).toEqual(named);
});

test('a failure before anything was sent has no receipt to ask for', async () => {
  const { session, store } = open(() => Promise.reject(new TypeError('Failed to fetch')));
  const asked = vi.fn(() => HttpResponse.error());
  server.use(http.get(ROUTES.byoReceipt(':run'), asked));
  await session.start(keyed(() => KEY));
  expect(store.get().status).toBe('failed');
  expect(asked).not.toHaveBeenCalled();
});

test('another run may start as soon as one has ended', async () => {
  const { session, run, store } = open();
  const first = session.start(UNKEYED);
  run.send(...RUN);
  await until(() => expect(run.requests).toHaveLength(1));
  run.end();
  await first;
  const second = session.start(UNKEYED);
  await until(() => expect(run.requests).toHaveLength(2));
  run.send(...RUN);
  run.end();
  await second;
  expect(store.get().status).toBe('done');
});
