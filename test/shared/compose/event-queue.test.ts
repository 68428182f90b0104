import { describe, expect, it } from 'vitest';
import { createEventQueue } from '../../../shared/compose/calls/event-queue.ts';

const textOf = (queue: ReturnType<typeof createEventQueue>) =>
  queue.take().map(({ event, data }) => (event === 'text' ? data : event));

describe('the event queue', () => {
  it('merges text of one draft that nobody has taken yet', () => {
    const queue = createEventQueue();
    queue.text('i1', 1, 'a');
    queue.text('i1', 1, 'b');
    expect(textOf(queue)).toEqual([{ item: 'i1', revision: 1, delta: 'ab' }]);
  });

  it('keeps the text of two drafts, and of two revisions, apart', () => {
    const queue = createEventQueue();
    queue.text('i1', 1, 'a');
    queue.text('i2', 1, 'b');
    queue.text('i1', 1, 'c');
    queue.text('i1', 2, 'd');
    expect(textOf(queue)).toEqual([
      { item: 'i1', revision: 1, delta: 'a' },
      { item: 'i2', revision: 1, delta: 'b' },
      { item: 'i1', revision: 1, delta: 'c' },
      { item: 'i1', revision: 2, delta: 'd' },
    ]);
  });

  it('moves no text across another event', () => {
    const queue = createEventQueue();
    queue.text('i1', 1, 'a');
    queue.push({ event: 'done', data: { drafts: 0 } });
    queue.text('i1', 1, 'b');
    expect(textOf(queue)).toEqual([
      { item: 'i1', revision: 1, delta: 'a' },
      'done',
      { item: 'i1', revision: 1, delta: 'b' },
    ]);
  });

  it('never changes an event that was taken', () => {
    const queue = createEventQueue();
    queue.text('i1', 1, 'a');
    const taken = queue.take();
    queue.text('i1', 1, 'b');
    expect(taken).toEqual([{ event: 'text', data: { item: 'i1', revision: 1, delta: 'a' } }]);
    expect(queue.take()).toEqual([{ event: 'text', data: { item: 'i1', revision: 1, delta: 'b' } }]);
  });

  it('gives what came before the end, then says that there is no more', async () => {
    const queue = createEventQueue();
    const waiting = queue.more();
    queue.push({ event: 'done', data: { drafts: 0 } });
    queue.close();
    expect(await waiting).toBe(true);
    expect(queue.take()).toHaveLength(1);
    expect(await queue.more()).toBe(false);
  });

  it('gives what came before a bug, then throws it', async () => {
    const queue = createEventQueue();
    queue.push({ event: 'done', data: { drafts: 0 } });
    queue.fail(new Error('a bug'));
    expect(await queue.more()).toBe(true);
    queue.take();
    await expect(queue.more()).rejects.toThrow('a bug');
  });
});
