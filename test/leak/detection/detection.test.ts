import { expect, test } from 'vitest';
import { measureDetection } from './detection.ts';

test.skipIf(process.platform !== 'linux')(
  'the search of memory finds copies of every length in every kind of memory, also damaged ones',
  async () => {
    for (const { memory, planted, found, missed } of await measureDetection(2))
      expect({ memory, found, missed }).toEqual({ memory, found: planted, missed: [] });
  },
);
