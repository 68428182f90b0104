import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { KEY_HEADER } from '../../../../shared/contract/run-limits.ts';
import { keyField, openPage, planButton, withKey } from '../../support/compose-page.tsx';
import { configNow, KEY, RUN } from '../../support/fixtures.ts';

test('a key leaves the page sealed, once, and the field empties at the press', async () => {
  const page = await openPage();
  await withKey(page);
  expect(await screen.findByText(/In this tab only/)).toBeVisible();
  await page.user.click(planButton());
  await waitFor(() => expect(page.run.requests).toHaveLength(1));
  expect(keyField().value).toBe('');
  expect(
    screen.getByText(/This page no longer has it; the server forgets it when the run ends/),
  ).toBeVisible();

  const [request] = page.run.requests;
  const header = request?.headers.get(KEY_HEADER) ?? '';
  expect(header).toMatch(/^sealed\.k1\./);
  const places = {
    header,
    body: await request?.text(),
    local: JSON.stringify({ ...localStorage }),
    session: JSON.stringify({ ...sessionStorage }),
    page: document.documentElement.outerHTML,
  };
  const found = Object.entries(places).filter(([, text]) => text?.includes(KEY.slice(13, 25)));
  expect(found).toEqual([]);
  page.run.send(...RUN);
  page.run.end();
  expect(await screen.findByText('Done')).toBeVisible();
});

test('what was taken off a pasted key is told', async () => {
  const page = await openPage();
  await withKey(page, `  Bearer ${KEY} `);
  await page.user.click(planButton());
  expect(await screen.findByText(/Removed surrounding blanks\. Removed "Bearer"\./)).toBeVisible();
});

test('a sealing key past its renewal is asked for anew before the field is read', async () => {
  let stale = true;
  const page = await openPage(() => {
    const config = configNow();
    const answer = stale
      ? { ...config, sealing: { ...config.sealing, renewAt: config.now - 1 } }
      : { ...config, sealing: { ...config.sealing, id: 'k2' } };
    stale = false;
    return answer;
  });
  await withKey(page);
  await page.user.click(planButton());
  await waitFor(() => expect(page.run.requests).toHaveLength(1));
  expect(page.configs()).toBe(2);
  expect(page.run.requests[0]?.headers.get(KEY_HEADER)).toMatch(/^sealed\.k2\./);
});

test('a page whose clock is wrong takes the server’s', async () => {
  const page = await openPage(() => {
    const config = configNow();
    const shift = -86_400_000;
    return {
      ...config,
      now: config.now + shift,
      sealing: { ...config.sealing, renewAt: config.sealing.renewAt + shift },
    };
  });
  await withKey(page);
  await page.user.click(planButton());
  await waitFor(() => expect(page.run.requests).toHaveLength(1));
  expect(page.configs()).toBe(1);
});
