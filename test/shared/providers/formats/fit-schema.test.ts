import { describe, expect, it } from 'vitest';
import {
  ANTHROPIC_SUBSET,
  fitSchema,
  OPENAI_SUBSET,
} from '../../../../shared/providers/formats/fit-schema.ts';

const RICH = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 64, pattern: '^[a-z]+$', description: 'A name.' },
    site: { type: 'string', format: 'uri' },
    score: { oneOf: [{ type: 'integer', minimum: 0 }, { type: 'null' }] },
    list: {
      type: 'array',
      items: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
      minItems: 3,
    },
  },
  required: ['name', 'score', 'list'],
  patternProperties: { '^x-': { type: 'string' } },
};

describe('fitSchema', () => {
  it('forces what both strict modes demand at every level', () => {
    for (const subset of [ANTHROPIC_SUBSET, OPENAI_SUBSET]) {
      const fitted = fitSchema(RICH, subset);
      expect(fitted).toMatchObject({
        additionalProperties: false,
        properties: { list: { items: { additionalProperties: false } } },
      });
      expect(JSON.stringify(fitted)).not.toMatch(
        /"(?:minLength|maxLength|pattern|minimum|minItems|oneOf|patternProperties|\$schema)":/,
      );
    }
  });

  it('tells the model in words what is no longer enforced', () => {
    expect(fitSchema(RICH, ANTHROPIC_SUBSET)).toMatchObject({
      properties: { name: { description: 'A name.\n\n{minLength: 1, maxLength: 64, pattern: "^[a-z]+$"}' } },
    });
  });

  it('makes optional properties nullable for OpenAI, and keeps a format that only one of them knows', () => {
    const forOpenAi = fitSchema(RICH, OPENAI_SUBSET);
    expect(forOpenAi['required']).toEqual(['name', 'site', 'score', 'list']);
    expect(forOpenAi).toMatchObject({
      properties: { site: { anyOf: [{ type: 'string', description: '{format: "uri"}' }, { type: 'null' }] } },
    });
    const forAnthropic = fitSchema(RICH, ANTHROPIC_SUBSET);
    expect(forAnthropic['required']).toEqual(['name', 'score', 'list']);
    expect(forAnthropic).toMatchObject({
      properties: {
        site: { type: 'string', format: 'uri' },
        score: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
      },
    });
  });

  it('keeps a property that is called like a keyword', () => {
    const schema = {
      type: 'object',
      properties: { pattern: { type: 'string' }, minimum: { type: 'number' } },
      required: ['pattern', 'minimum'],
    };
    expect(fitSchema(schema, OPENAI_SUBSET)).toMatchObject({
      properties: { pattern: { type: 'string' }, minimum: { type: 'number' } },
    });
  });
});
