import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import type { SigningKeyInfo } from '../../../shared/contract/registry.ts';
import { SigningKeysPage } from '../../../web/settings/signing-keys-page.tsx';
import { ME, openAt } from '../support/account-page.tsx';
import { server } from '../support/server.ts';

const key = (name: string, change: Partial<SigningKeyInfo> = {}): SigningKeyInfo => ({
  keyId: name.padEnd(64, '0'),
  name,
  pem: `-----BEGIN PUBLIC KEY-----\n${name}\n-----END PUBLIC KEY-----\n`,
  createdAt: '2026-11-20T10:00:00.000Z',
  revokedAt: null,
  ...change,
});

function serve(keys: readonly SigningKeyInfo[]) {
  const state = { keys: [...keys], asked: [] as string[] };
  server.use(
    http.get('/v1/signing-keys', () => HttpResponse.json({ keys: state.keys })),
    http.delete('/v1/signing-keys/:id', ({ request, params }) => {
      const since = new URL(request.url).searchParams.get('since');
      state.asked.push(since ?? 'now');
      const revoked = { ...key('old'), revokedAt: since ?? '2026-11-28T10:00:00.000Z' };
      state.keys = state.keys.map((one) => (one.keyId === params['id'] ? revoked : one));
      return HttpResponse.json(revoked);
    }),
  );
  return state;
}

test('revokes a signing key after a question, since a moment that its owner names', async () => {
  const state = serve([key('old'), key('gone', { revokedAt: '2026-11-22T10:00:00.000Z' })]);
  const { user } = openAt('/settings/signing-keys', <SigningKeysPage />);
  expect(await screen.findByRole('link', { name: `${ME.handle}.json` })).toBeVisible();
  // one that is revoked already has no button
  await user.click(screen.getByRole('button', { name: /^Revoke/ }));
  const dialog = screen.getByRole('dialog');
  await user.click(within(dialog).getByLabelText('since an earlier moment'));
  await user.click(within(dialog).getByRole('button', { name: 'Revoke' }));
  expect(within(dialog).getByText('Give the day and the time.')).toBeVisible();
  expect(state.asked).toEqual([]);
  await user.type(within(dialog).getByLabelText('Since'), '2026-11-21T08:30');
  await user.click(within(dialog).getByRole('button', { name: 'Revoke' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(state.asked).toEqual([new Date('2026-11-21T08:30').toISOString()]);
  await waitFor(() => expect(screen.queryByRole('button', { name: /^Revoke/ })).toBeNull());
});

test('registers the line that the command line prints, and names what is none', async () => {
  serve([]);
  const sent: unknown[] = [];
  server.use(
    http.post('/v1/signing-keys', async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(key('CI'), { status: 201 });
    }),
  );
  const { user } = openAt('/settings/signing-keys', <SigningKeysPage />);
  await user.click(await screen.findByText('Register one that was made elsewhere'));
  const line = screen.getByLabelText('The line');
  await user.type(line, 'nonsense');
  await user.click(screen.getByRole('button', { name: 'Register' }));
  expect(screen.getByText(/^That is not the line/)).toBeVisible();
  await user.clear(line);
  await user.click(line);
  await user.paste('{"publicKey":"AAAA","proof":"BBBB"}');
  await user.click(screen.getByRole('button', { name: 'Register' }));
  await waitFor(() => expect(sent).toEqual([{ publicKey: 'AAAA', proof: 'BBBB', name: 'command line' }]));
});
