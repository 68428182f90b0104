import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findShapeProblem } from '../../../server/http/json-shape.ts';

describe('findShapeProblem', () => {
  it('finds nothing in what JSON.stringify writes', async () => {
    await fc.assert(
      fc.property(fc.json({ maxDepth: 20, noUnicodeString: false }), (text) => {
        const rewritten = JSON.stringify(JSON.parse(text));
        fc.pre(!/__proto__|constructor|prototype/.test(rewritten));
        expect(findShapeProblem(rewritten)).toBeUndefined();
      }),
    );
  });

  it('finds a doubled key wherever it stands', async () => {
    await fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.nat(), (object, pick) => {
        const entries = Object.entries(object).map(
          ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`,
        );
        const doubled = [...entries, entries[pick % entries.length]];
        expect(findShapeProblem(`[{${doubled.join(',')}}]`)).toBeDefined();
      }),
    );
  });

  it('never throws on text that is not JSON', async () => {
    await fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[],:"\\ux1e ') }), (text) => {
        expect(() => findShapeProblem(text)).not.toThrow();
      }),
    );
  });
});
