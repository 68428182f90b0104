import { KEY_HEADER } from '../../shared/contract/run-limits.ts';
import { ACCOUNT_OPERATIONS } from './account-operations.ts';
import { AUTHOR_OPERATIONS } from './author-operations.ts';
import type { Operation } from './operation.ts';
import { parametersOf } from './parameters.ts';
import { PLAN_OPERATIONS } from './plan-operations.ts';
import { POLICY_OPERATIONS } from './policy-operations.ts';
import { REGISTRY_OPERATIONS } from './registry-operations.ts';
import { responsesOf } from './responses.ts';
import { BYO_OPERATIONS, HOSTED_OPERATIONS } from './run-operations.ts';
import { createSchemas, type Json, type Schemas } from './schemas.ts';
import { SERVER_OPERATIONS } from './server-operations.ts';
import { VAULT_OPERATIONS } from './vault-operations.ts';

export const OPERATIONS: readonly Operation[] = [
  ...SERVER_OPERATIONS,
  ...BYO_OPERATIONS,
  ...HOSTED_OPERATIONS,
  ...VAULT_OPERATIONS,
  ...POLICY_OPERATIONS,
  ...PLAN_OPERATIONS,
  ...REGISTRY_OPERATIONS,
  ...AUTHOR_OPERATIONS,
  ...ACCOUNT_OPERATIONS,
];

/** `isSecure`: people reach this server by https, and the session's cookie has the name that it has there. */
export interface DocumentOptions {
  readonly version: string;
  readonly isSecure: boolean;
}

/** The HTTP interface below `/v1` as an OpenAPI 3.1 document, made from the contract's schemas. */
export function openApiDocument({ version, isSecure }: DocumentOptions): Json {
  const schemas = createSchemas();
  const paths: Record<string, Record<string, Json>> = {};
  for (const operation of OPERATIONS) {
    const { path, method } = operation;
    paths[path] = { ...paths[path], [method]: toOperation(operation, schemas) };
  }
  return {
    openapi: '3.1.1',
    info: {
      ...{ title: 'Oneturn', version, license: { name: 'MIT', identifier: 'MIT' } },
      description:
        'Plans, drafts and publishes agent skills. A provider key has its place in one header and in no body. Readers skip fields and events that they do not know.',
    },
    servers: [{ url: '/' }],
    tags: [...new Set(OPERATIONS.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: schemas.components,
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: `${isSecure ? '__Host-' : ''}oneturn.session_token` },
        token: { type: 'http', scheme: 'bearer', description: 'An API token with the scope that is named.' },
        providerKey: {
          ...{ type: 'apiKey', in: 'header', name: KEY_HEADER },
          description:
            'The user’s own provider key: sealed to the key of `getConfig`, or plain. It is used for this request and stored nowhere.',
        },
      },
    },
  };
}

function toOperation(operation: Operation, schemas: Schemas): Json {
  const { id, tag, summary, body } = operation;
  return {
    operationId: id,
    tags: [tag],
    summary,
    security: securityOf(operation),
    parameters: parametersOf(operation, schemas),
    ...(body !== undefined && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: schemas.of(body, 'input') } },
      },
    }),
    responses: responsesOf(operation, schemas),
  };
}

function securityOf({ needs }: Operation): readonly Json[] {
  switch (needs) {
    case 'nobody':
      return [];
    case 'anyone':
      return [{}, { session: [] }, { token: [] }];
    case 'key':
      return [{}, { providerKey: [] }];
    case 'people':
      return [{}, { session: [] }];
    case 'session':
      return [{ session: [] }];
    default:
      return [{ session: [] }, { token: [needs] }];
  }
}
