import type { Wire } from './wire.ts';

/** An answer that is known in full: errors, lists, completions that are not streamed. */
export interface Whole {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export async function sendWhole(wire: Wire, { status, headers, body }: Whole): Promise<void> {
  wire.head(status, headers);
  await wire.send(body);
  wire.end();
}

export function jsonAnswer(status: number, body: unknown): Whole {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
