import * as z from 'zod/mini';
import * as account from '../../shared/contract/account.ts';
import { auditEntry, auditPage } from '../../shared/contract/audit.ts';
import { EVENTS } from '../../shared/contract/events.ts';
import { failureBody } from '../../shared/contract/failure.ts';
import * as hosted from '../../shared/contract/hosted.ts';
import { keyCheck, keyCheckRequest } from '../../shared/contract/key-check.ts';
import * as plan from '../../shared/contract/plan.ts';
import { publishDraft, publishState, publishWork } from '../../shared/contract/publish-draft.ts';
import { envelope } from '../../shared/contract/receipt.ts';
import * as registry from '../../shared/contract/registry.ts';
import { reviewAnswer } from '../../shared/contract/review.ts';
import { runRequest } from '../../shared/contract/run-request.ts';
import * as saved from '../../shared/contract/saved-plan.ts';
import { modelInfo, providerInfo, serverConfig } from '../../shared/contract/server-config.ts';
import { usage } from '../../shared/contract/usage.ts';

type Schema = z.core.$ZodType;
/** A JSON schema, or a part of an OpenAPI document. */
export type Json = Readonly<Record<string, unknown>>;

/** The shapes of answers that have a name in the document; all others stand where they are used. */
const ANSWERS: Readonly<Record<string, Schema>> = {
  ...{
    FailureBody: failureBody,
    ServerConfig: serverConfig,
    ProviderInfo: providerInfo,
    ModelInfo: modelInfo,
  },
  ...{
    Intent: plan.intent,
    Plan: plan.plan,
    Draft: plan.draft,
    Analysis: plan.analysis,
    Finding: plan.finding,
  },
  ...{ KeyCheck: keyCheck, Envelope: envelope, Usage: usage },
  ...{ HostedSummary: hosted.hostedSummary, HostedRun: hosted.hostedRun, HostedPage: hosted.hostedPage },
  ...{ PlanSummary: saved.planSummary, SavedPlan: saved.savedPlan, PlanPage: saved.planPage },
  ...{ PublishDraft: publishDraft, PublishState: publishState },
  ...{
    BundleSummary: registry.bundleSummary,
    BundlePage: registry.bundlePage,
    BundleInfo: registry.bundleInfo,
  },
  ...{ PublishedSkill: registry.publishedSkillInfo, SkillPage: registry.skillPage },
  ...{ SigningKey: registry.signingKeyInfo },
  ...{ Me: account.me, TokenInfo: account.tokenInfo, SessionInfo: account.sessionInfo },
  ...{ AuditEntry: auditEntry, AuditPage: auditPage },
  ...Object.fromEntries(
    Object.entries(EVENTS).map(([name, schema]) => [
      `${name[0]?.toUpperCase()}${name.slice(1)}Event`,
      schema,
    ]),
  ),
};

/** The same of requests, which may leave out what has a default. */
const REQUESTS: Readonly<Record<string, Schema>> = {
  ...{ RunRequest: runRequest, HostedRequest: hosted.hostedRequest, KeyCheckRequest: keyCheckRequest },
  ...{ ReviewAnswer: reviewAnswer, SavePlan: saved.savePlan, EditPlan: saved.editPlan },
  ...{ PublishWork: publishWork, PublishBundle: registry.publishBundle },
  ...{ RegisterSigningKey: registry.registerSigningKey, CreateToken: account.createToken },
};

/** What a client sends, or what it is answered. */
export type Side = 'input' | 'output';

/** The contract's schemas as JSON schemas (draft 2020-12, which OpenAPI 3.1 has). */
export interface Schemas {
  readonly components: Json;
  /** A reference where the schema has a name; within others too. */
  of(schema: Schema, side: Side): Json;
}

export function createSchemas(): Schemas {
  const named = { input: register(REQUESTS), output: register(ANSWERS) };
  return {
    components: { ...componentsOf(named.input, 'input'), ...componentsOf(named.output, 'output') },
    of(schema, side) {
      const metadata = named[side];
      const id = metadata.get(schema)?.id;
      if (id !== undefined) return { $ref: refTo(id) };
      const { $schema, $defs, ...found } = z.toJSONSchema(schema, { ...optionsOf(side), metadata });
      // zod puts what has a name beside the schema, where here it is among the components
      return JSON.parse(JSON.stringify(found).replaceAll('"#/$defs/', `"${refTo('')}`));
    },
  };
}

type Registry = z.core.$ZodRegistry<{ id: string }>;

/** Some events are the very schema of another name: the first name counts. */
function register(schemas: Readonly<Record<string, Schema>>): Registry {
  const registry: Registry = z.registry();
  for (const [id, schema] of Object.entries(schemas)) if (!registry.has(schema)) registry.add(schema, { id });
  return registry;
}

function componentsOf(registry: Registry, side: Side): Json {
  const { schemas } = z.toJSONSchema(registry, { ...optionsOf(side), uri: refTo });
  return Object.fromEntries(Object.entries(schemas).map(([id, { $schema, $id, ...schema }]) => [id, schema]));
}

function refTo(id: string): string {
  return `#/components/schemas/${id}`;
}

function optionsOf(io: Side) {
  return {
    io,
    // what zod checks by a function alone is wider in the document, never narrower
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const { def } = zodSchema._zod;
      // readers have to skip what a newer server adds; only strict objects say that nothing may be added
      if (def.type === 'object' && def.catchall === undefined) delete jsonSchema.additionalProperties;
    },
  } as const satisfies Parameters<typeof z.toJSONSchema>[1];
}
