import { HttpResponse, http } from 'msw';
import type { ComposeEvent } from '../../../shared/contract/events.ts';
import { ROUTES } from '../../../shared/contract/routes.ts';

/** The answer of a run that a test writes piece by piece, and what the page asked with. */
export interface ScriptedRun {
  readonly requests: Request[];
  send(...events: readonly ComposeEvent[]): void;
  raw(text: string): void;
  /** Ends the stream as a server does that has told all. */
  end(): void;
  /** The same, unless it has ended or the page has hung up. */
  over(...last: readonly ComposeEvent[]): void;
  /** Resolves when the page has hung up. */
  readonly left: Promise<void>;
}

export function eventText({ event, data }: ComposeEvent): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** The handler of `POST /v1/intent/byo`, and the hand that writes its answer: what is sent goes to the latest request. */
export function scriptRun() {
  const text = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let waiting: string[] = [];
  let endWaits = false;
  let hangUp = (): void => {};
  const left = new Promise<void>((resolve) => {
    hangUp = resolve;
  });
  const raw = (piece: string): void => {
    if (controller) controller.enqueue(text.encode(piece));
    else waiting.push(piece);
  };
  const run: ScriptedRun = {
    requests: [],
    left,
    raw,
    send: (...events) => raw(events.map(eventText).join('')),
    end() {
      endWaits = controller === undefined;
      controller?.close();
      controller = undefined;
    },
    over(...last) {
      if (!controller) return;
      try {
        run.send(...last);
        run.end();
      } catch {
        // the page has hung up
      }
    },
  };
  const handler = http.post(ROUTES.byo, ({ request }) => {
    run.requests.push(request.clone());
    request.signal.addEventListener('abort', hangUp);
    const stream = new ReadableStream<Uint8Array>({
      start(started) {
        controller = started;
        for (const piece of waiting) started.enqueue(text.encode(piece));
        waiting = [];
        if (endWaits) run.end();
      },
      cancel: hangUp,
    });
    return new HttpResponse(stream, { headers: { 'content-type': 'text/event-stream' } });
  });
  return { run, handler };
}
