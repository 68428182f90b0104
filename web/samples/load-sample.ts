import { loadChunk } from '../chunks/load-chunk.ts';
import { readSample, type Sample } from './read-sample.ts';

const FILES = import.meta.glob<{ readonly default: unknown }>('./results/*.json');

/** Each result is a chunk of its own, fetched when it is looked at. Rejects when it does not come. */
export async function loadSample(id: string): Promise<Sample> {
  const load = FILES[`./results/${id}.json`];
  if (!load) throw new Error(`There is no result of ${id}: npm run samples.`);
  return readSample((await loadChunk(load)).default);
}
