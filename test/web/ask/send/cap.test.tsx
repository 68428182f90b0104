import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { estimateRun } from '../../../../shared/compose/estimate.ts';
import { capsOf, NO_CAP, presetCap } from '../../../../web/ask/send/cap.ts';
import { enterGoal, openPage, planButton, withKey } from '../../support/compose-page.tsx';

const cap = (): HTMLInputElement => screen.getByLabelText('Stop at');
const unit = (): HTMLSelectElement => screen.getByLabelText('Unit of the cap');

test('the preset is twice what the estimate says at most, in two digits', () => {
  const estimate = estimateRun(400, { inputUsd: 3, outputUsd: 15 });
  const { costUsd = 0 } = capsOf(presetCap(estimate)) ?? {};
  expect(costUsd).toBeGreaterThanOrEqual(2 * (estimate.highUsd ?? Number.NaN));
  expect(costUsd).toBeLessThanOrEqual(2.3 * (estimate.highUsd ?? Number.NaN));
  expect(presetCap(estimate).text).toMatch(/^0\.\d\d$/);
});

test('without a price the preset is in tokens, and where nothing is paid there is none', () => {
  const unpriced = estimateRun(400, { inputUsd: null, outputUsd: null });
  expect(presetCap(unpriced).unit).toBe('tokens');
  expect(capsOf(presetCap(unpriced))?.tokens).toBeGreaterThanOrEqual(2 * unpriced.highTokens);
  expect(presetCap(estimateRun(400, { inputUsd: 0, outputUsd: 0 }))).toEqual(NO_CAP);
  expect(presetCap(estimateRun(0, { inputUsd: 0.001, outputUsd: 0.001 })).text).toBe('0.01');
});

test.each([
  ['6,000', 6000],
  ['1,000,000', 1_000_000],
  ['12.000', 12_000],
  ['12’000', 12_000],
  ['12 000', 12_000],
  ['9000', 9000],
  ['12.5', undefined],
  ['1,00', undefined],
])('a cap of %s tokens is read as a language writes it', (text, tokens) => {
  expect(capsOf({ text, unit: 'tokens' })).toEqual(tokens && { tokens });
});

test('a run goes out with the preset cap, which follows model and goal until it is one’s own', async () => {
  const page = await openPage();
  expect(cap()).toHaveValue('');
  await withKey(page);
  const preset = Number(cap().value);
  expect(preset).toBeGreaterThan(0.1);
  expect(unit()).toHaveValue('usd');
  await page.user.click(planButton());
  await waitFor(() => expect(page.run.requests).toHaveLength(1));
  expect(await page.run.requests[0]?.json()).toMatchObject({ caps: { costUsd: preset } });
});

test('the cap can be lifted, and set again', async () => {
  const page = await openPage();
  await withKey(page);
  const preset = cap().value;
  await page.user.selectOptions(unit(), 'no cap');
  expect(cap()).toHaveValue('');
  await page.user.selectOptions(unit(), 'USD');
  expect(cap()).toHaveValue(preset);
  await page.user.clear(cap());
  await page.user.click(planButton());
  await waitFor(() => expect(page.run.requests).toHaveLength(1));
  expect(await page.run.requests[0]?.json()).not.toHaveProperty('caps');
});

test('an own cap stays when another model is chosen', async () => {
  const page = await openPage();
  await page.user.selectOptions(screen.getByLabelText('Provider'), 'anthropic');
  await page.user.clear(cap());
  await page.user.type(cap(), '0.2');
  await page.user.selectOptions(screen.getByLabelText('Provider'), 'azure');
  await enterGoal(page.user);
  expect(cap()).toHaveValue('0.2');
});
