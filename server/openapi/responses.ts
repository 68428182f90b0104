import { FAILURE_STATUS, type FailureCode, failureBody } from '../../shared/contract/failure.ts';
import type { Answer, Operation } from './operation.ts';
import type { Json, Schemas } from './schemas.ts';

/** All answers of an operation by status; failures are everywhere the same envelope. */
export function responsesOf(operation: Operation, schemas: Schemas): Json {
  const answers = Object.entries(operation.answers);
  return {
    ...Object.fromEntries(answers.map(([status, answer]) => [status, toResponse(answer, schemas)])),
    ...failuresOf(operation, schemas),
  };
}

function toResponse({ description, schema, media = [], events }: Answer, schemas: Schemas): Json {
  const content = {
    ...(schema && { 'application/json': { schema: schemas.of(schema, 'output') } }),
    ...Object.fromEntries(media.map((type) => [type, {}])),
    ...(events && {
      'text/event-stream': {
        schema: { type: 'string' },
        // what `data` of each event is: OpenAPI 3.1 has no word for it
        'x-events': Object.fromEntries(
          Object.entries(events).map(([name, event]) => [name, schemas.of(event, 'output')]),
        ),
      },
    }),
  };
  return { description, ...(Object.keys(content).length > 0 && { content }) };
}

function codesOf({ needs, body, query, failures = [], conflict }: Operation): ReadonlySet<FailureCode> {
  const refusals: Readonly<Record<string, readonly FailureCode[]>> = {
    nobody: [],
    anyone: ['unavailable'],
    key: ['key_missing', 'key_malformed', 'forbidden'],
    people: ['unauthenticated', 'forbidden', 'unavailable'],
  };
  return new Set<FailureCode>([
    ...(refusals[needs] ?? (['unauthenticated', 'forbidden', 'unavailable'] as const)),
    ...(body || query ? (['invalid_request', 'invalid_field'] as const) : []),
    ...(body ? (['too_large', 'unsupported_media_type'] as const) : []),
    ...(conflict ? (['conflict'] as const) : []),
    ...failures,
    'internal',
  ]);
}

function failuresOf(operation: Operation, schemas: Schemas): Json {
  const byStatus = new Map<number, FailureCode[]>();
  for (const code of codesOf(operation)) {
    const status = FAILURE_STATUS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const failure = schemas.of(failureBody, 'output');
  const responses = [...byStatus].map(([status, codes]) => {
    const extra = status === FAILURE_STATUS.conflict ? operation.conflict : undefined;
    const schema = extra ? { allOf: [failure, schemas.of(extra, 'output')] } : failure;
    return [status, { description: codes.join(', '), content: { 'application/json': { schema } } }];
  });
  return Object.fromEntries(responses);
}
