import { screen, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { TryLinks } from '../../../web/publish/try/try-links.tsx';
import { openAt, refuse } from '../support/account-page.tsx';
import { server } from '../support/server.ts';

/** Making, copying and revoking a private link, at the page. */

const INFO = { id: 'l1', createdAt: '2026-11-28T06:00:00.000Z', expiresAt: '2026-11-29T06:00:00.000Z' };

test('shows a link once, with what it leaves out, and revokes it', async () => {
  let links = [INFO].slice(1);
  const asked: unknown[] = [];
  server.use(
    http.get('/v1/plans/p1/try-links', () => HttpResponse.json({ links })),
    http.post('/v1/plans/p1/try-links', async ({ request }) => {
      asked.push(await request.json());
      links = [INFO];
      const leftOut = [{ name: 'steal-keys', reason: 'It sends keys away.' }];
      const made = { info: INFO, path: '/try/s3cret', skills: ['write-notes'], leftOut };
      return HttpResponse.json(made, { status: 201 });
    }),
    http.delete('/v1/try-links/l1', () => {
      links = [];
      return new HttpResponse(null, { status: 204 });
    }),
  );
  const { user, container } = openAt('/publish/bundle', <TryLinks planId="p1" />);
  await user.click(screen.getByText('Try it before it is published'));
  await user.selectOptions(await screen.findByRole('combobox', { name: 'It works for' }), 'One week');
  await user.click(screen.getByRole('button', { name: 'Make a link' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByText(`DISABLE_TELEMETRY=1 npx skills add ${location.origin}/try/s3cret`)).toBeVisible();
  expect(dialog.getByText('Not steal-keys: It sends keys away.')).toBeVisible();
  expect(asked).toEqual([{ hours: 168 }]);
  await user.click(dialog.getByRole('button', { name: 'I have it' }));
  expect(container.textContent).not.toContain('s3cret');

  const list = within(screen.getByRole('list', { name: 'Links that work' }));
  await user.click(list.getByRole('button', { name: 'Revoke' }));
  await expect.poll(() => screen.queryByRole('list', { name: 'Links that work' })).toBeNull();
});

test('says why there is no further link', async () => {
  server.use(
    http.get('/v1/plans/p1/try-links', () => HttpResponse.json({ links: [] })),
    http.post('/v1/plans/p1/try-links', () => refuse({ code: 'conflict', message: 'Revoke one first.' })),
  );
  const { user } = openAt('/publish/bundle', <TryLinks planId="p1" />);
  await user.click(screen.getByText('Try it before it is published'));
  await user.click(await screen.findByRole('button', { name: 'Make a link' }));
  expect(await screen.findByText('Revoke one first.')).toBeVisible();
});
