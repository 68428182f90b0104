import { screen, waitFor } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { Route } from 'wouter';
import { pathOrHome } from '../../../web/account/account-api.ts';
import { AccountMenu } from '../../../web/account/account-menu.tsx';
import { SignInPage } from '../../../web/account/sign-in-page.tsx';
import { ME, openAt, PASSWORD, refuse } from '../support/account-page.tsx';
import { server } from '../support/server.ts';

const nobody = { me: null, accounts: { github: true } };

test('signing in asks for nothing but the two requests and shows the handle', async () => {
  const bodies: unknown[] = [];
  server.use(
    http.post('/v1/auth/sign-in/email', async ({ request }) => {
      bodies.push(await request.json());
      return HttpResponse.json({ ok: true });
    }),
  );
  const { user } = openAt('/compose', <AccountMenu />, nobody);
  await user.click(await screen.findByRole('button', { name: 'Sign in' }));
  await user.type(await screen.findByLabelText('E-mail'), 'ada@example.com');
  await user.type(screen.getByLabelText('Password'), `${PASSWORD}{Enter}`);
  expect(await screen.findByRole('button', { name: /ada/ })).toBeVisible();
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(bodies).toEqual([{ email: 'ada@example.com', password: PASSWORD }]);
});

test('what is wrong stands at its field, which has the focus, before anything is sent', async () => {
  const { user } = openAt('/compose', <AccountMenu />, nobody);
  await user.click(await screen.findByRole('button', { name: 'Sign in' }));
  await user.click(await screen.findByRole('button', { name: 'Create an account' }));
  await user.type(screen.getByLabelText('E-mail'), 'ada@example.com');
  await user.type(screen.getByLabelText('Handle'), 'Settings');
  await user.type(screen.getByLabelText('Password'), PASSWORD);
  await user.click(screen.getByRole('button', { name: 'Create account' }));
  expect(screen.getByRole('alert')).toHaveTextContent('A handle has 2 to 39 lower-case letters');
  expect(screen.getByLabelText('Handle')).toHaveFocus();

  await user.clear(screen.getByLabelText('Handle'));
  await user.type(screen.getByLabelText('Handle'), 'settings{Enter}');
  expect(screen.getByRole('alert')).toHaveTextContent('This handle is reserved');
});

test('a taken handle is told at its field and what was typed stays', async () => {
  server.use(
    http.post('/v1/auth/sign-up/email', () =>
      refuse({ code: 'conflict', message: 'This handle is taken. Choose another.', field: 'handle' }),
    ),
  );
  const { user } = openAt('/compose', <AccountMenu />, nobody);
  await user.click(await screen.findByRole('button', { name: 'Sign in' }));
  await user.click(await screen.findByRole('button', { name: 'Create an account' }));
  await user.type(screen.getByLabelText('E-mail'), 'ada@example.com');
  await user.type(screen.getByLabelText('Handle'), 'ada');
  await user.type(screen.getByLabelText('Password'), `${PASSWORD}{Enter}`);
  expect(await screen.findByText('This handle is taken. Choose another.')).toBeVisible();
  await waitFor(() => expect(screen.getByLabelText('Handle')).toHaveFocus());
  expect(screen.getByLabelText('Password')).toHaveValue(PASSWORD);
});

test('signing out forgets who it was', async () => {
  server.use(http.post('/v1/auth/sign-out', () => HttpResponse.json({ ok: true })));
  const { user } = openAt('/compose', <AccountMenu />);
  await user.click(await screen.findByRole('button', { name: new RegExp(ME.handle) }));
  await user.click(screen.getByRole('menuitem', { name: 'Sign out' }));
  expect(await screen.findByRole('button', { name: 'Sign in' })).toBeVisible();
  expect(screen.getByText('Signed out.')).toBeVisible();
});

test('the GitHub button is there only where the server has it, and asks to come back here', async () => {
  const bodies: unknown[] = [];
  server.use(
    http.post('/v1/auth/sign-in/social', async ({ request }) => {
      bodies.push(await request.json());
      return refuse({ code: 'unavailable', message: 'Not now.' });
    }),
  );
  const { user } = openAt('/me/plans', <AccountMenu />, nobody);
  await user.click(await screen.findByRole('button', { name: 'Sign in' }));
  await user.click(await screen.findByRole('button', { name: 'Continue with GitHub' }));
  expect(await screen.findByText('Not now.')).toBeVisible();
  expect(bodies).toEqual([
    { provider: 'github', callbackURL: '/me/plans', errorCallbackURL: '/sign-in?next=%2Fme%2Fplans' },
  ]);
});

test('without GitHub at the server there is no button for it', async () => {
  const { user } = openAt('/compose', <AccountMenu />, { me: null, accounts: { github: false } });
  await user.click(await screen.findByRole('button', { name: 'Sign in' }));
  await screen.findByLabelText('E-mail');
  expect(screen.queryByRole('button', { name: /GitHub/ })).toBeNull();
});

test.each(['//evil.example', '/\\evil.example', 'https://evil.example', '', null])(
  'nobody is led to %s after signing in',
  (path) => {
    expect(pathOrHome(path)).toBe('/me/plans');
  },
);

test.each([
  ['/sign-in', '/me/plans'],
  ['/sign-in?next=%2Fsettings%2Faudit', '/settings/audit'],
])('signing in at %s leads to %s', async (from, to) => {
  server.use(http.post('/v1/auth/sign-in/email', () => HttpResponse.json({ ok: true })));
  const { user } = openAt(from, <Route path="/sign-in" component={SignInPage} />, nobody);
  await user.type(await screen.findByLabelText('E-mail'), 'ada@example.com');
  await user.type(screen.getByLabelText('Password'), `${PASSWORD}{Enter}`);
  await waitFor(() => expect(location.pathname).toBe(to));
});

test('the menu is worked by arrows, and Esc gives the focus back', async () => {
  const { user } = openAt('/compose', <AccountMenu />);
  const button = await screen.findByRole('button', { name: new RegExp(ME.handle) });
  button.focus();
  await user.keyboard('{ArrowDown}');
  expect(screen.getByRole('menuitem', { name: 'My plans' })).toHaveFocus();
  await user.keyboard('{ArrowUp}');
  expect(screen.getByRole('menuitem', { name: 'Sign out' })).toHaveFocus();
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('menu')).toBeNull();
  expect(button).toHaveFocus();
});
