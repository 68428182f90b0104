import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { canaryAt, charsOf, damaged, type Memory, type Plant, plantsOf } from './planted.ts';

/**
 * Puts one copy of each canary into one kind of memory, built where it stays: SEED says which, COPIES how many of each. The stack is
 * written to from outside. Says when it is ready, and then does nothing.
 */
const { seed, copies, memories } = isMainThread
  ? { seed: process.env['SEED'] ?? '', copies: Number(process.env['COPIES']), memories: undefined }
  : (workerData as { seed: string; copies: number; memories: readonly Memory[] }); // as: from below
const kept: unknown[] = [];

function bytesInto(target: Uint8Array, plant: Plant, offset = 0): void {
  let at = 0;
  for (const char of charsOf(seed, plant, target.length)) target[offset + at] = damaged(char, at++, plant);
}

/** Character by character: what is joined on the way lies on the same heap. */
function textOf(plant: Plant, length: number, wide: boolean): string {
  let text = '';
  let at = 0;
  for (const char of charsOf(seed, plant, length)) text += String.fromCharCode(damaged(char, at++, plant));
  // One character beyond Latin-1 makes all of them take two bytes.
  if (wide) text += '\u2713';
  // A lookup makes it one row of characters.
  kept.push({ [text]: 1 });
  return text;
}

function plant(one: Plant): void {
  const { length } = canaryAt('length alone', one).secret;
  if (one.memory === 'the stack') return;
  if (one.memory === 'malloc') return void kept.push(keep(new Uint8Array(new ArrayBuffer(length)), one));
  if (one.memory === "V8's heap: arrays of 64 bytes or less")
    return void kept.push(keep(new Uint8Array(length), one));
  if (one.memory === 'memory of WebAssembly') {
    const memory = new WebAssembly.Memory({ initial: 1 });
    return void kept.push(memory, keep(new Uint8Array(memory.buffer, 4096, length), one));
  }
  kept.push(textOf(one, length, one.memory === "V8's heap: strings of two bytes"));
}

function keep(target: Uint8Array, one: Plant): Uint8Array {
  bytesInto(target, one);
  return target;
}

/** So that pages of the stack exist that nobody uses any more. */
function deep(left: number): number {
  return left === 0 ? 0 : deep(left - 1) + 1;
}

for (const one of plantsOf(copies)) {
  const inWorker = one.memory === "a worker's heap";
  if (memories ? memories.includes(one.memory) : !inWorker) plant(one);
}
if (isMainThread) {
  deep(6000);
  const worker = new Worker(new URL(import.meta.url), {
    workerData: { seed, copies, memories: ["a worker's heap"] },
  });
  worker.once('message', () => process.send?.('ready'));
  setInterval(() => kept.length, 1e6);
} else {
  const { parentPort } = await import('node:worker_threads');
  parentPort?.postMessage('ready');
  setInterval(() => kept.length, 1e6);
}
