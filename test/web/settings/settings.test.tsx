import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import type { SessionInfo, TokenInfo } from '../../../shared/contract/account.ts';
import { browserInWords } from '../../../web/account/browser-words.ts';
import { SettingsPage } from '../../../web/settings/settings-page.tsx';
import { ME, openAt, PASSWORD, refuse } from '../support/account-page.tsx';
import { server } from '../support/server.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const session = (id: string, current: boolean): SessionInfo => ({
  id,
  createdAt: '2026-11-20T10:00:00.000Z',
  lastSeenAt: '2026-11-21T10:00:00.000Z',
  userAgent: FIREFOX,
  address: '192.0.2.7',
  current,
});
const token: TokenInfo = {
  id: 't1',
  name: 'nightly',
  lastFour: 'wxyz',
  scopes: ['runs:write'],
  createdAt: '2026-11-20T10:00:00.000Z',
  expiresAt: null,
  lastUsedAt: null,
};

function serve() {
  const state = { sessions: [session('s1', true), session('s2', false)], tokens: [] as TokenInfo[] };
  server.use(
    http.get('/v1/sessions', () => HttpResponse.json({ sessions: state.sessions })),
    http.get('/v1/tokens', () => HttpResponse.json({ tokens: state.tokens })),
    http.delete('/v1/sessions/:id', ({ params }) => {
      state.sessions = state.sessions.filter(({ id }) => id !== params['id']);
      return new HttpResponse(null, { status: 204 });
    }),
    http.delete('/v1/tokens/:id', () => {
      state.tokens = [];
      return new HttpResponse(null, { status: 204 });
    }),
  );
  return state;
}
const section = (name: string): HTMLElement => screen.getByRole('region', { name });

test('another session can be ended, this one cannot', async () => {
  serve();
  const { user } = openAt('/settings', <SettingsPage />);
  expect(await screen.findByText('this browser')).toBeVisible();
  const end = within(section('Sessions')).getByRole('button', {
    name: 'End the session in Firefox on Linux',
  });
  await user.click(end);
  await waitFor(() => expect(end).not.toBeInTheDocument());
  expect(screen.getByText('this browser')).toBeVisible();
});

test('a new token is shown once and is nowhere on the page afterwards', async () => {
  const state = serve();
  const sent: unknown[] = [];
  server.use(
    http.post('/v1/tokens', async ({ request }) => {
      sent.push(await request.json());
      state.tokens = [token];
      return HttpResponse.json({ token: 'ot_the-token-itself-wxyz', info: token }, { status: 201 });
    }),
  );
  const { user } = openAt('/settings', <SettingsPage />);
  await user.click(await screen.findByRole('button', { name: 'New token' }));
  await user.type(screen.getByLabelText('Name'), 'nightly');
  await user.selectOptions(screen.getByLabelText('It expires after'), 'Never');
  await user.click(screen.getByRole('button', { name: 'Make token' }));
  expect(await screen.findByText('ot_the-token-itself-wxyz')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'I have it' }));
  expect(await screen.findByText('…wxyz')).toBeVisible();
  expect(document.body).not.toHaveTextContent('ot_the-token-itself');
  expect(sent).toEqual([{ name: 'nightly', scopes: ['runs:write'], expiresInDays: null }]);
});

test('a token without a name is not asked for', async () => {
  serve();
  const { user } = openAt('/settings', <SettingsPage />);
  await user.click(await screen.findByRole('button', { name: 'New token' }));
  await user.click(screen.getByRole('button', { name: 'Make token' }));
  expect(screen.getByRole('alert')).toHaveTextContent('Give it a name');
  expect(screen.getByLabelText('Name')).toHaveFocus();
});

test('a token is revoked after a question', async () => {
  const state = serve();
  state.tokens = [token];
  const { user } = openAt('/settings', <SettingsPage />);
  await user.click(await screen.findByRole('button', { name: 'Revoke nightly' }));
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Revoke' }));
  await waitFor(() => expect(screen.queryByText('…wxyz')).toBeNull());
});

test('a wrong current password is told at its field, and both stay typed', async () => {
  serve();
  server.use(
    http.post('/v1/auth/change-password', () =>
      refuse({ code: 'invalid_field', message: 'The password is wrong.', field: 'password' }),
    ),
  );
  const { user } = openAt('/settings', <SettingsPage />);
  const part = await screen.findByRole('region', { name: 'Password' });
  await user.type(within(part).getByLabelText('Current password'), 'not this one');
  await user.type(within(part).getByLabelText('New password'), `${PASSWORD}{Enter}`);
  expect(await within(part).findByText('The password is wrong.')).toBeVisible();
  await waitFor(() => expect(within(part).getByLabelText('Current password')).toHaveFocus());
  expect(within(part).getByLabelText('New password')).toHaveValue(PASSWORD);
});

test('the account is deleted only when its handle was typed', async () => {
  serve();
  const sent: unknown[] = [];
  server.use(
    http.post('/v1/auth/delete-user', async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ ok: true });
    }),
  );
  const { user } = openAt('/settings', <SettingsPage />);
  await user.click(await screen.findByRole('button', { name: 'Delete account' }));
  const dialog = screen.getByRole('dialog');
  await user.type(within(dialog).getByLabelText('Password'), PASSWORD);
  await user.click(within(dialog).getByRole('button', { name: 'Delete everything' }));
  expect(within(dialog).getByRole('alert')).toHaveTextContent('Type ada');
  expect(sent).toHaveLength(0);
  await user.type(within(dialog).getByLabelText('Your handle'), ME.handle);
  await user.click(within(dialog).getByRole('button', { name: 'Delete everything' }));
  await waitFor(() => expect(sent).toEqual([{ password: PASSWORD }]));
  expect(await screen.findByText(/The account is deleted/)).toBeVisible();
  expect(location.pathname).toBe('/compose');
});

test.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36 Edg/143.0',
    'Edge on Windows',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1',
    'Safari on iOS',
  ],
  ['curl/8.1', 'curl/8.1'],
  [null, 'Unknown browser'],
])('%s is told as %s', (agent, words) => {
  expect(browserInWords(agent)).toBe(words);
});
