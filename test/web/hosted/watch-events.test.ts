import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { watchEvents } from '../../../web/hosted/watch-events.ts';
import { refuse } from '../support/account-page.tsx';
import { RUN } from '../support/fixtures.ts';
import { server } from '../support/server.ts';
import { JOB, numbered, placeText, streamJob } from './hosted-fixture.ts';

interface Heard {
  readonly events: string[];
  readonly places: number[];
  readonly connected: boolean[];
}

async function watch(signal = new AbortController().signal) {
  const heard: Heard = { events: [], places: [], connected: [] };
  const ended = await watchEvents(
    JOB,
    {
      onEvent: ({ event }) => void heard.events.push(event),
      onPlace: (place) => void heard.places.push(place),
      onConnected: (connected) => void heard.connected.push(connected),
    },
    signal,
  );
  return { heard, ended };
}
const ALL = RUN.map(({ event }) => event);

test('reads places and events until the last one', async () => {
  const { asked, handler } = streamJob([[placeText(2), placeText(1), ...numbered(RUN)]]);
  server.use(handler);
  const { heard, ended } = await watch();
  expect(heard.places).toEqual([2, 1]);
  expect(heard.events).toEqual(ALL);
  expect(asked).toEqual([null]);
  expect(ended).toBeUndefined();
});

test('after a cut connection it goes on behind the last event that came', async () => {
  const { asked, handler } = streamJob([numbered(RUN.slice(0, 9)), numbered(RUN.slice(9), 10)]);
  server.use(handler);
  const { heard } = await watch();
  expect(asked).toEqual([null, '9']);
  expect(heard.events).toEqual(ALL);
  expect(heard.connected).toEqual([true, false, true]);
});

test('a server that is away is asked again', async () => {
  let tries = 0;
  const { handler } = streamJob([numbered(RUN)]);
  server.use(
    http.get(ROUTES.hostedEvents(':id'), () => {
      tries += 1;
      return tries === 1 ? refuse({ code: 'unavailable', message: 'Away.' }) : undefined;
    }),
    handler,
  );
  server.use();
  const { heard } = await watch();
  expect(heard.events).toEqual(ALL);
});

test('a run that is not there ends the watch with the failure', async () => {
  server.use(
    http.get(ROUTES.hostedEvents(':id'), () =>
      refuse({ code: 'not_found', message: 'There is no such run.' }),
    ),
  );
  expect((await watch()).ended?.code).toBe('not_found');
});

test('leaving ends the connection and asks no more', async () => {
  const left = new AbortController();
  let asked = 0;
  server.use(
    http.get(ROUTES.hostedEvents(':id'), () => {
      asked += 1;
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new TextEncoder().encode(placeText(1)));
          queueMicrotask(() => left.abort());
        },
      });
      return new HttpResponse(body, { headers: { 'content-type': 'text/event-stream' } });
    }),
  );
  expect((await watch(left.signal)).ended).toBeUndefined();
  expect(asked).toBe(1);
});
