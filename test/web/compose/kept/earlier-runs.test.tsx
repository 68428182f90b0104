import { screen, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { ROUTES } from '../../../../shared/contract/routes.ts';
import {
  enterGoal,
  keyField,
  type OpenPage,
  openPage,
  planButton,
  withKey,
} from '../../support/compose-page.tsx';
import { KEY, PLAN, RUN } from '../../support/fixtures.ts';
import { server } from '../../support/server.ts';

async function runOnce({ user, run }: OpenPage): Promise<void> {
  await user.click(planButton());
  run.send(...RUN);
  run.end();
  await screen.findByText('Done');
}

const earlier = () => screen.findByRole('region', { name: 'Earlier runs in this tab' });

test('a rejected key takes nothing away: the run before is in the list, and opens', async () => {
  const page = await openPage();
  await withKey(page);
  await runOnce(page);
  server.use(
    http.post(ROUTES.byo, () =>
      HttpResponse.json({ error: { code: 'key_rejected', message: 'Not accepted.' } }, { status: 422 }),
    ),
  );
  await page.user.click(keyField());
  await page.user.paste(KEY);
  await page.user.click(planButton());
  await screen.findByText('Not accepted.');
  expect(within(await earlier()).getByRole('heading', { name: PLAN.title })).toBeVisible();
  expect(sessionStorage.getItem('oneturn.runs')).not.toContain(KEY.slice(0, 16));

  await page.user.click(screen.getByRole('button', { name: `Open the run ${PLAN.title}` }));
  expect(await screen.findByRole('button', { name: 'collect-changes' })).toBeVisible();
  // The failed run had nothing to keep: the list is empty.
  expect(screen.queryByRole('region', { name: 'Earlier runs in this tab' })).toBeNull();
});

test('two runs are compared, by what they cost and line by line', async () => {
  const page = await openPage();
  await enterGoal(page.user);
  await runOnce(page);
  await page.user.click(planButton());
  page.run.send(
    ...RUN.map((event) =>
      event.event === 'plan' ? { ...event, data: { ...event.data, title: 'Another title' } } : event,
    ),
  );
  page.run.end();
  await screen.findByRole('heading', { name: 'Another title' });
  await page.user.click(await screen.findByRole('button', { name: `Compare with ${PLAN.title}` }));
  const dialog = await screen.findByRole('dialog', { name: 'Two runs of this tab' });
  expect(await within(dialog).findByRole('rowheader', { name: 'Cost' })).toBeVisible();
  const diff = within(dialog).getByRole('region', { name: 'Differences' });
  expect(within(diff).getByText('Another title')).toBeVisible();
  expect(within(diff).getByText(PLAN.title)).toBeVisible();
});

test('a run is deleted, and deleting can be taken back', async () => {
  const page = await openPage();
  await enterGoal(page.user);
  await runOnce(page);
  await page.user.click(screen.getByRole('button', { name: 'Start over' }));
  await page.user.click(await screen.findByRole('button', { name: `Delete the run ${PLAN.title}` }));
  expect(screen.queryByRole('region', { name: 'Earlier runs in this tab' })).toBeNull();
  expect(sessionStorage.getItem('oneturn.runs')).toBeNull();
  await page.user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(within(await earlier()).getByRole('heading', { name: PLAN.title })).toBeVisible();
});
