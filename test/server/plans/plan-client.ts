import { expect } from 'vitest';
import { planPage, planSummary, type SavePlan } from '../../../shared/contract/saved-plan.ts';
import type { Client } from '../accounts/accounts-app.ts';
import { finishedPlan } from './plan-fixture.ts';

export async function save(
  client: Client,
  plan: SavePlan = finishedPlan(),
  headers?: Record<string, string>,
) {
  const answer = await client.send('POST', '/v1/plans', plan, headers);
  expect(answer.status).toBe(201);
  return planSummary.parse(answer.json);
}

export async function list(client: Client, query = '') {
  return planPage.parse((await client.send('GET', `/v1/plans${query}`)).json);
}
