import { screen, waitFor } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, test, vi } from 'vitest';
import type { AuditEntry } from '../../../shared/contract/audit.ts';
import { AuditPage } from '../../../web/settings/audit-page.tsx';
import { openAt } from '../support/account-page.tsx';
import { server } from '../support/server.ts';

const entry = (seq: number, change: Partial<AuditEntry> = {}): AuditEntry => ({
  seq,
  at: '2026-11-21T10:00:00.000Z',
  handle: 'ada',
  action: 'plan.save',
  outcome: 'ok',
  subject: 'p1',
  provider: null,
  model: null,
  requestId: `r${seq}`,
  detail: {},
  hash: 'ab'.repeat(32),
  ...change,
});

function serve(): URLSearchParams[] {
  const asked: URLSearchParams[] = [];
  server.use(
    http.get('/v1/audit', ({ request }) => {
      const query = new URL(request.url).searchParams;
      asked.push(query);
      if (query.get('format') === 'csv')
        return new HttpResponse('seq,at\n', { headers: { 'content-type': 'text/csv' } });
      if (query.has('before'))
        return HttpResponse.json({ entries: [entry(1, { action: 'account.sign-up' })], next: null });
      return HttpResponse.json({
        entries: [entry(3, { action: 'compose.byo', provider: 'anthropic', outcome: 'failed' }), entry(2)],
        next: 2,
      });
    }),
  );
  return asked;
}

test('shows who did what with which outcome, newest first, and older ones on request', async () => {
  serve();
  const { user } = openAt('/settings/audit', <AuditPage />);
  expect(await screen.findByText('compose.byo', { selector: '[data-testid=audit-action]' })).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Show older' }));
  expect(
    await screen.findByText('account.sign-up', { selector: '[data-testid=audit-action]' }),
  ).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Show older' })).toBeNull();
});

test('marks with a key the runs on a user’s own key alone', async () => {
  const run = (seq: number, provider: string, credentials: string): AuditEntry =>
    entry(seq, { action: 'compose.byo', provider, detail: { credentials, run: `run-${seq}` } });
  server.use(
    http.get('/v1/audit', () =>
      HttpResponse.json({ entries: [run(2, 'anthropic', 'user'), run(1, 'sandbox', 'none')], next: null }),
    ),
  );
  openAt('/settings/audit', <AuditPage />);
  const marked = (await screen.findAllByText('compose.byo', { selector: '[data-testid=audit-action]' })).map(
    (one) => one.querySelector('svg') !== null,
  );
  expect(marked).toEqual([true, false]);
});

test('searches by handle, action and whole days of this browser, and exports the same search', async () => {
  vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:x');
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
  const asked = serve();
  const { user } = openAt('/settings/audit?from=2026-11-20&to=2026-11-21', <AuditPage />);
  await user.type(await screen.findByLabelText('Handle'), 'Ada');
  await user.selectOptions(screen.getByLabelText('Action'), 'plan: all');
  await waitFor(() => expect(asked.at(-1)?.get('handle')).toBe('ada'));
  await user.click(screen.getByRole('button', { name: 'Export CSV' }));
  await waitFor(() => expect(asked.at(-1)?.get('format')).toBe('csv'));
  expect(Object.fromEntries(asked.at(-1) ?? [])).toEqual({
    ...{ format: 'csv', handle: 'ada', action: 'plan' },
    from: new Date(2026, 10, 20).toISOString(),
    to: new Date(2026, 10, 22).toISOString(),
  });
  expect(location.search).toBe('?handle=Ada&action=plan&from=2026-11-20&to=2026-11-21');
});
