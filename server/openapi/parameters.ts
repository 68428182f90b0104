import { RUN_ID } from '../../shared/contract/run-limits.ts';
import type { HeaderName, Operation } from './operation.ts';
import type { Json, Schemas } from './schemas.ts';

const PARAMETERS: Readonly<Record<string, Json>> = {
  run: { type: 'string', pattern: RUN_ID.source },
};

const HEADERS: Readonly<Record<HeaderName, Json>> = {
  'x-run-id': {
    description: 'Names the run; 128 random bits or more. It can be used once.',
    schema: { type: 'string', pattern: RUN_ID.source },
  },
  'x-provider-key': {
    description: 'The key, sealed to be stored: `sealed.<id>.<enc>.<ct>`.',
    schema: { type: 'string', pattern: '^sealed\\.' },
  },
  'idempotency-key': {
    description: 'The same name and body again are answered as the first time.',
    schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
  },
  'if-match': {
    description: 'The ETag of what was changed.',
    schema: { type: 'string', pattern: '^"\\d{1,9}"$' },
  },
  'if-none-match': { description: '`*`: there is none yet.', schema: { const: '*' } },
  'last-event-id': {
    description: 'The id of the last event that came.',
    schema: { type: 'string', pattern: '^\\d{1,9}$' },
  },
};

/** What stands in the path, in the query and in headers. */
export function parametersOf(
  { path, query, headers = [], id }: Operation,
  schemas: Schemas,
): readonly Json[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    ...{ name, in: 'path', required: true },
    schema: PARAMETERS[name] ?? { type: 'string' },
  }));
  const { properties = {}, required = [] } =
    // as: every query is an object
    query === undefined ? {} : (schemas.of(query, 'input') as { properties?: Json; required?: string[] });
  const inQuery = Object.entries(properties).map(([name, schema]) => ({
    ...{ name, in: 'query', required: required.includes(name), schema },
  }));
  const inHeader = headers.map((name) => ({
    ...{
      name,
      in: 'header',
      required: (name === 'if-match' && id === 'editPlan') || name === 'x-provider-key',
      ...HEADERS[name],
    },
  }));
  return [...inPath, ...inQuery, ...inHeader];
}
