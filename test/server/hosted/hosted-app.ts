import { Hono } from 'hono';
import { Registry } from 'prom-client';
import { HOSTED_SETTINGS, type HostedSettings } from '../../../server/config/hosted-settings.ts';
import { createHosted, type Hosted } from '../../../server/hosted/create-hosted.ts';
import type { OperatorPayer } from '../../../server/hosted/payer.ts';
import { createOperator, type Operator } from '../../../server/operator/operator.ts';
import { createPlans } from '../../../server/plans/create-plans.ts';
import { DEFAULT_LIMITS } from '../../../server/providers/call-limits.ts';
import { createConnector } from '../../../server/providers/connect/safe-connect.ts';
import { builtinCatalog } from '../../../server/runs/skill-catalog.ts';
import type { Storage } from '../../../server/storage/start-storage.ts';
import { type ComposeEvent, parseEvent } from '../../../shared/contract/events.ts';
import { hostedRun, isOver } from '../../../shared/contract/hosted.ts';
import { VENDORS } from '../../../shared/providers/catalogue.ts';
import { endpointToVendor } from '../../../shared/providers/endpoint-to-vendor.ts';
import {
  createTestSandbox,
  type TestSandbox,
  type TestSandboxOptions,
} from '../../sandbox/create-test-sandbox.ts';
import { until } from '../../until.ts';
import { type Client, type TestAccounts, testAccounts } from '../accounts/accounts-app.ts';
import { quiet } from '../database.ts';

/** Hosted runs on a sandbox that keeps a journal, with accounts and plans, behind a bare app. */

export interface TestHosted extends TestAccounts {
  readonly hosted: Hosted;
  readonly sandbox: TestSandbox;
  readonly registry: Registry;
  /** Another process's worth of workers on the same database and sandbox. */
  another(settings?: Partial<Record<keyof HostedSettings, string>>): Promise<Hosted>;
  stop(): Promise<void>;
}

export function settingsOf(given: Partial<Record<keyof HostedSettings, string>>): HostedSettings {
  // as: each setting is parsed by its own schema
  return Object.fromEntries(
    Object.entries(HOSTED_SETTINGS).map(([name, schema]) => [
      name,
      schema.parse(given[name as keyof HostedSettings]),
    ]),
  ) as HostedSettings;
}

/** The sandbox under a name of its own, as processes that have none of their own reach it. */
export function labEndpoint(sandbox: TestSandbox) {
  return { id: 'lab', name: 'Lab', format: 'openai', baseUrl: `${sandbox.origin}/v1` } as const;
}

export function sandboxOperator(sandbox: TestSandbox, settings: HostedSettings): Operator {
  const vendors = [
    ...VENDORS.map((vendor) => (vendor.id === 'sandbox' ? { ...vendor, origin: sandbox.origin } : vendor)),
    endpointToVendor(labEndpoint(sandbox)),
  ];
  return createOperator({ vendors, connector: createConnector({ reachOf: () => 'private' }), settings });
}

export interface TestHostedOptions {
  readonly settings?: Partial<Record<keyof HostedSettings, string>>;
  readonly sandbox?: TestSandboxOptions;
  readonly now?: () => Date;
  /** Stands in front of the operator's. */
  readonly payer?: (operators: OperatorPayer) => OperatorPayer;
}

export async function testHosted(storage: Storage, options: TestHostedOptions = {}): Promise<TestHosted> {
  const accounts = testAccounts(storage);
  const sandbox = await createTestSandbox({ pace: 'instant', journal: true, ...options.sandbox });
  const registry = new Registry();
  const operators: Operator[] = [];
  const now = options.now ?? (() => new Date());
  const make = (given: Partial<Record<keyof HostedSettings, string>>, to: Registry): Promise<Hosted> => {
    const settings = settingsOf({ ...options.settings, ...given });
    const operator = sandboxOperator(sandbox, settings);
    operators.push(operator);
    return createHosted({
      storage,
      audit: accounts.audit,
      payers: { operator: options.payer?.(operator.payer) ?? operator.payer, stored: undefined },
      catalog: builtinCatalog,
      settings,
      limits: DEFAULT_LIMITS,
      log: quiet,
      registry: to,
      now,
    });
  };
  const hosted = await make({}, registry);
  const others: Hosted[] = [];
  const plans = createPlans({
    db: storage.db,
    audit: accounts.audit,
    findWho: accounts.findWho,
    log: quiet,
    reusedFolders: async () => [],
  });
  const app = new Hono()
    .route('/', accounts.routes)
    .route('/', plans.routes)
    .route('/', hosted.routes(accounts.findWho));
  return {
    ...accounts,
    app,
    hosted,
    sandbox,
    registry,
    another: async (given = {}) => {
      const other = await make(given, new Registry());
      others.push(other);
      return other;
    },
    stop: async () => {
      plans.stop();
      await Promise.all([hosted, ...others].map((one) => one.drain(0).then(() => one.stop())));
      await Promise.all(operators.map((operator) => operator.close()));
      await sandbox.close();
      await accounts.audit.stop();
    },
  };
}

export const GOAL = { goal: 'Turn merged pull requests into weekly release notes' };

export async function start(
  client: Client,
  body: object = GOAL,
  headers: Record<string, string> = {},
): Promise<string> {
  const answer = await client.send('POST', '/v1/intent', body, headers);
  if (answer.status !== 202) throw new Error(`the run did not start: ${answer.status} ${answer.text}`);
  // as: the test reads its own server's answer
  return (answer.json as { id: string }).id;
}

export async function read(client: Client, id: string) {
  return hostedRun.parse((await client.send('GET', `/v1/intent/${id}`)).json);
}

export async function ended(client: Client, id: string) {
  return until(async () => {
    const answer = await client.send('GET', `/v1/intent/${id}`);
    // a page tries again as well while the database is away
    if (answer.status === 503) throw new Error(`the run ${id} is out of reach`);
    const run = hostedRun.parse(answer.json);
    if (!isOver(run.state)) throw new Error(`the run ${id} is still ${run.state}`);
    return run;
  });
}

export interface FeedEvent {
  readonly id: number | undefined;
  readonly name: string;
  readonly event: ComposeEvent | undefined;
}

export function feedEvents(text: string): FeedEvent[] {
  return text
    .split('\n\n')
    .filter((block) => block.includes('data: '))
    .map((block) => {
      const name = /^event: (.*)$/m.exec(block)?.[1] ?? '';
      const id = /^id: (.*)$/m.exec(block)?.[1];
      return {
        name,
        id: id === undefined ? undefined : Number(id),
        event: parseEvent(name, /^data: (.*)$/m.exec(block)?.[1] ?? ''),
      };
    });
}

/** The whole feed of a run, read to its end. */
export async function watch(client: Client, id: string, after?: number): Promise<FeedEvent[]> {
  const answer = await client.send(
    'GET',
    `/v1/intent/${id}/events`,
    undefined,
    after === undefined ? {} : { 'last-event-id': String(after) },
  );
  return feedEvents(answer.text);
}
