import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import type { SavedPlan } from '../../../shared/contract/saved-plan.ts';
import { PlanContent } from '../../../web/plans/plan-content.tsx';
import { PlansPage } from '../../../web/plans/plans-page.tsx';
import { AWAY, openAt, refuse, SIGNED_OUT, savedPlan, summaryOf } from '../support/account-page.tsx';
import { server } from '../support/server.ts';

const NOTES = savedPlan();
const INVOICES = savedPlan({
  id: '22222222-2222-4222-8222-222222222222',
  title: 'Invoices',
  goal: 'Check invoices',
  outcome: 'cancelled',
});

/** A list that a test changes; answers as the server does, with the last query that it was asked. */
function serve(plans: SavedPlan[]): { plans: SavedPlan[]; asked: URLSearchParams[] } {
  const state = { plans, asked: [] as URLSearchParams[] };
  server.use(
    http.get('/v1/plans', ({ request }) => {
      const query = new URL(request.url).searchParams;
      state.asked.push(query);
      const q = (query.get('q') ?? '').toLowerCase();
      const found = state.plans.filter(({ title }) => title.toLowerCase().includes(q));
      return HttpResponse.json({ plans: found.map(summaryOf), total: found.length });
    }),
  );
  return state;
}

const row = async (title: string): Promise<HTMLElement> => {
  const link = await screen.findByRole('link', { name: title });
  const found = link.closest('li');
  if (!found) throw new Error(`no row for ${title}`);
  return found;
};
async function choose(
  user: { click: (element: Element) => Promise<void> },
  title: string,
  item: string,
): Promise<void> {
  await user.click(within(await row(title)).getByRole('button', { name: `Actions for ${title}` }));
  await user.click(screen.getByRole('menuitem', { name: item }));
}

test('lists what is saved, and says which run did not come to its end', async () => {
  serve([NOTES, INVOICES]);
  openAt('/me/plans', <PlansPage />);
  expect(within(await row(NOTES.title)).getByText('Anthropic · claude-sonnet-5 · your key')).toBeVisible();
  expect(within(await row('Invoices')).getByText('stopped')).toBeVisible();
  expect(screen.getByText('2 plans')).toBeVisible();
});

test('search and order are asked of the server and stay in the address', async () => {
  const { asked } = serve([NOTES, INVOICES]);
  const { user } = openAt('/me/plans', <PlansPage />);
  await row('Invoices');
  await user.type(screen.getByRole('searchbox'), 'invo');
  await waitFor(() => expect(screen.queryByRole('link', { name: NOTES.title })).toBeNull());
  await user.selectOptions(screen.getByLabelText('Order'), 'Title');
  await waitFor(() => expect(asked.at(-1)?.get('sort')).toBe('title'));
  expect(asked.at(-1)?.get('q')).toBe('invo');
  expect(location.search).toBe('?q=invo&sort=title');
});

test('a deleted plan is gone at once and comes back by the undo', async () => {
  const state = serve([NOTES, INVOICES]);
  server.use(
    http.delete('/v1/plans/:id', ({ params }) => {
      state.plans = state.plans.filter(({ id }) => id !== params['id']);
      return HttpResponse.json({ undoUntil: new Date().toISOString() });
    }),
    http.post('/v1/plans/:id/restore', () => {
      state.plans = [NOTES, INVOICES];
      return HttpResponse.json(summaryOf(NOTES));
    }),
  );
  const { user } = openAt('/me/plans', <PlansPage />);
  await choose(user, NOTES.title, 'Delete');
  await waitFor(() => expect(screen.queryByRole('link', { name: NOTES.title })).toBeNull());
  expect(screen.getByRole('link', { name: 'Invoices' })).toHaveFocus();
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(await screen.findByRole('link', { name: NOTES.title })).toBeVisible();
});

test('a plan that could not be deleted stands there again', async () => {
  serve([NOTES]);
  server.use(http.delete('/v1/plans/:id', () => refuse(AWAY)));
  const { user } = openAt('/me/plans', <PlansPage />);
  await choose(user, NOTES.title, 'Delete');
  expect(await screen.findByText(AWAY.message)).toBeVisible();
  expect(await screen.findByRole('link', { name: NOTES.title })).toBeVisible();
});

test('renaming sends the version that was seen', async () => {
  const state = serve([NOTES]);
  const sent: { match: string | null; body: unknown }[] = [];
  server.use(
    http.patch('/v1/plans/:id', async ({ request }) => {
      sent.push({ match: request.headers.get('if-match'), body: await request.json() });
      state.plans = [{ ...NOTES, title: 'Weekly notes', rev: 2 }];
      return HttpResponse.json(summaryOf({ ...NOTES, title: 'Weekly notes', rev: 2 }));
    }),
  );
  const { user } = openAt('/me/plans', <PlansPage />);
  await choose(user, NOTES.title, 'Rename');
  const field = screen.getByLabelText('Title');
  await user.clear(field);
  await user.type(field, 'Weekly notes{Enter}');
  expect(await screen.findByRole('link', { name: 'Weekly notes' })).toBeVisible();
  expect(sent).toEqual([{ match: '"1"', body: { title: 'Weekly notes' } }]);
});

test('two renames meet: both are shown, and "Replace with mine" sends the newer version', async () => {
  serve([NOTES]);
  const theirs = savedPlan({ title: 'Their title', rev: 2 });
  const matches: (string | null)[] = [];
  server.use(
    http.patch('/v1/plans/:id', ({ request }) => {
      matches.push(request.headers.get('if-match'));
      if (matches.length === 1)
        return refuse({ code: 'conflict', message: 'Changed elsewhere.' }, { current: theirs });
      return HttpResponse.json(summaryOf({ ...NOTES, title: 'My title', rev: 3 }));
    }),
  );
  const { user } = openAt('/me/plans', <PlansPage />);
  await choose(user, NOTES.title, 'Rename');
  const field = screen.getByLabelText('Title');
  await user.clear(field);
  await user.type(field, 'My title{Enter}');
  const dialog = await screen.findByRole('dialog', { name: 'This plan was changed elsewhere' });
  expect(within(dialog).getByText('Their title').closest('li')).toHaveAttribute('data-kind', 'removed');
  expect(within(dialog).getByText('My title').closest('li')).toHaveAttribute('data-kind', 'added');
  await user.click(within(dialog).getByRole('button', { name: 'Replace with mine' }));
  await waitFor(() => expect(matches).toEqual(['"1"', '"2"']));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('Esc in the question about two renames goes back to the field with what was typed', async () => {
  serve([NOTES]);
  const theirs = savedPlan({ title: 'Their title', rev: 2 });
  server.use(
    http.patch('/v1/plans/:id', () =>
      refuse({ code: 'conflict', message: 'Changed elsewhere.' }, { current: theirs }),
    ),
  );
  const { user } = openAt('/me/plans', <PlansPage />);
  await choose(user, NOTES.title, 'Rename');
  await user.clear(screen.getByLabelText('Title'));
  await user.type(screen.getByLabelText('Title'), 'My title{Enter}');
  const question = await screen.findByRole('dialog', { name: 'This plan was changed elsewhere' });
  // A browser puts the focus there when the dialog opens.
  within(question).getByRole('button', { name: 'Replace with mine' }).focus();
  await user.keyboard('{Escape}');
  expect(screen.getByRole('dialog', { name: 'Rename plan' })).toBeVisible();
  expect(screen.getByLabelText('Title')).toHaveValue('My title');
  expect(screen.getByLabelText('Title')).toHaveFocus();
});

test('a title is aligned by its own script', async () => {
  serve([savedPlan({ title: 'תכנית שבועית' })]);
  openAt('/me/plans', <PlansPage />);
  expect(within(await row('תכנית שבועית')).getByRole('heading')).toHaveAttribute('dir', 'auto');
  cleanup();
  openAt('/me/plans', <PlanContent plan={savedPlan({ title: 'תכנית שבועית' })} />);
  expect(screen.getByRole('heading', { name: 'תכנית שבועית' })).toHaveAttribute('dir', 'auto');
});

test('nobody sees a form in place of the list', async () => {
  openAt('/me/plans', <PlansPage />, { me: null });
  expect(await screen.findByLabelText('E-mail')).toBeVisible();
});

test('a session that ended elsewhere brings the form too', async () => {
  server.use(http.get('/v1/plans', () => refuse(SIGNED_OUT)));
  openAt('/me/plans', <PlansPage />);
  expect(await screen.findByLabelText('E-mail')).toBeVisible();
});

test('while the database is away the list says so and can be tried again', async () => {
  let away = true;
  server.use(
    http.get('/v1/plans', () =>
      away ? refuse(AWAY) : HttpResponse.json({ plans: [summaryOf(NOTES)], total: 1 }),
    ),
  );
  const { user } = openAt('/me/plans', <PlansPage />);
  expect(await screen.findByText(AWAY.message)).toBeVisible();
  away = false;
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('link', { name: NOTES.title })).toBeVisible();
});

test('a page that was loaded while the database was away takes nobody for signed out', async () => {
  server.use(http.get('/v1/plans', () => refuse(AWAY)));
  openAt('/me/plans', <PlansPage />, { me: undefined });
  expect(await screen.findByText(AWAY.message)).toBeVisible();
  expect(screen.queryByLabelText('E-mail')).toBeNull();
});

test('without any plan it says how one gets here', async () => {
  serve([]);
  openAt('/me/plans', <PlansPage />);
  expect(await screen.findByRole('heading', { name: 'Nothing saved yet' })).toBeVisible();
  expect(screen.queryByRole('searchbox')).toBeNull();
});
