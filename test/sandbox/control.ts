import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { TestControls } from './test-hook.ts';

/** The journal and the script for other processes: tests, the bench. */
export async function control(
  request: IncomingMessage,
  response: ServerResponse,
  { journal, counters, script, clear }: TestControls,
): Promise<void> {
  // Connections of the tests are not connections of the sandbox's users.
  response.setHeader('connection', 'close');
  const answer = (status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  const asked = `${request.method ?? ''} ${request.url ?? ''}`;
  if (asked === 'GET /__journal') return answer(200, journal);
  if (asked === 'GET /__counters') return answer(200, counters);
  if (asked === 'DELETE /__journal') {
    clear();
    return answer(200, {});
  }
  if (asked !== 'POST /__script')
    return answer(404, { error: 'There is /__journal, /__counters and /__script.' });
  try {
    script(JSON.parse(await text(request)));
    answer(200, {});
  } catch (error) {
    answer(400, { error: error instanceof Error ? error.message : 'The script was not taken.' });
  }
}
