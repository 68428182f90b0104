import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { FaultWire } from '../../sandbox/fault-wire.ts';

/** A response whose reader is slow: every write is taken, and none is taken further. */
class SlowResponse extends EventEmitter {
  readonly written: string[] = [];
  write(bytes: string): boolean {
    this.written.push(String(bytes));
    return false;
  }
}

const wireTo = (response: SlowResponse): FaultWire => new FaultWire(response as unknown as ServerResponse); // as: the part of it that Wire uses
const settled = async (promise: Promise<unknown>): Promise<boolean> => {
  let done = false;
  void promise.then(() => {
    done = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  return done;
};

test('writes no further until the reader has taken what was written', async () => {
  const response = new SlowResponse();
  const wire = wireTo(response);
  const sent = wire.send('one');
  expect(await settled(sent)).toBe(false);
  response.emit('drain');
  expect(await settled(sent)).toBe(true);
});

test('every wait ends when the client leaves, and nothing is written after', async () => {
  const response = new SlowResponse();
  const wires = [wireTo(response), wireTo(response), wireTo(response)];
  const waits = [wires[0]?.send('one'), wires[1]?.pause(60_000), wires[2]?.forever()];
  for (const wire of wires) wire.leave();
  await Promise.all(waits);
  for (const wire of wires) await wire.send('two');
  expect(response.written).toEqual(['one']);
  expect(wires.every(({ gone }) => gone)).toBe(true);
});
