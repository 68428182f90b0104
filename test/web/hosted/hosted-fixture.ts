import { HttpResponse, http } from 'msw';
import type { ComposeEvent } from '../../../shared/contract/events.ts';
import type { HostedRun } from '../../../shared/contract/hosted.ts';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { GOAL } from '../support/fixtures.ts';

export const JOB = '33333333-3333-4333-8333-333333333333';

export function hostedRunOf(change: Partial<HostedRun> = {}): HostedRun {
  return {
    id: JOB,
    state: 'queued',
    place: 3,
    goal: GOAL,
    provider: 'sandbox',
    model: 'sandbox-1',
    createdAt: '2026-11-21T10:00:00.000Z',
    startedAt: null,
    endedAt: null,
    usage: { inputTokens: 0, outputTokens: 0, costUsd: 0, estimated: false },
    failure: null,
    planId: null,
    credentials: 'none',
    storedKey: null,
    attempts: 0,
    forPlan: null,
    phases: [],
    calls: [],
    ...change,
  };
}

/** The stream of a job: each connection gets the next of `connections`, in which an event has the id that it stands at. */
export function streamJob(connections: readonly (readonly string[])[]) {
  const asked: (string | null)[] = [];
  const handler = http.get(ROUTES.hostedEvents(':id'), ({ request }) => {
    asked.push(request.headers.get('last-event-id'));
    const text = connections[asked.length - 1]?.join('') ?? '';
    return new HttpResponse(text, { headers: { 'content-type': 'text/event-stream' } });
  });
  return { asked, handler };
}

export const placeText = (place: number): string => `event: queued\ndata: ${JSON.stringify({ place })}\n\n`;

export function numbered(events: readonly ComposeEvent[], from = 1): readonly string[] {
  return events.map(
    ({ event, data }, at) => `event: ${event}\nid: ${from + at}\ndata: ${JSON.stringify(data)}\n\n`,
  );
}
