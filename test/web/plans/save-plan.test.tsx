import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { ROUTES } from '../../../shared/contract/routes.ts';
import type { SavedPlan } from '../../../shared/contract/saved-plan.ts';
import { ComposePage } from '../../../web/compose/compose-page.tsx';
import { readKept } from '../../../web/compose/kept/read-kept.ts';
import { openCompose } from '../../../web/compose/session/open-compose.ts';
import {
  type AccountPage,
  AWAY,
  ME,
  openAt,
  PASSWORD,
  refuse,
  SIGNED_OUT,
  savedPlan,
  summaryOf,
} from '../support/account-page.tsx';
import { enterGoal } from '../support/compose-page.tsx';
import { configNow, draftOf, GOAL, RUN } from '../support/fixtures.ts';
import { scriptRun } from '../support/scripted-run.ts';
import { server } from '../support/server.ts';

interface Saves {
  readonly posted: { readonly body: unknown; readonly key: string | null }[];
}

function takeSaves(answer: (count: number) => Response | undefined = () => undefined): Saves {
  const posted: Saves['posted'][number][] = [];
  server.use(
    http.post('/v1/plans', async ({ request }) => {
      posted.push({ body: await request.json(), key: request.headers.get('idempotency-key') });
      return answer(posted.length) ?? HttpResponse.json(summaryOf(savedPlan()), { status: 201 });
    }),
  );
  return { posted };
}

async function openFinished(me: { handle: string } | null, events = RUN): Promise<AccountPage> {
  localStorage.setItem('oneturn.choice', '{"provider":"sandbox"}');
  const { run, handler } = scriptRun();
  server.use(handler);
  const compose = openCompose(async () => ({ config: configNow(), offsetMs: 0 }));
  const page = openAt('/compose', <ComposePage compose={compose} />, { me });
  await screen.findByLabelText('Provider');
  await enterGoal(page.user);
  await page.user.click(screen.getByRole('button', { name: 'Plan in the sandbox' }));
  run.send(...events);
  run.end();
  await screen.findByRole('button', { name: 'Start over' });
  return page;
}
const save = (): Promise<HTMLElement> => screen.findByRole('button', { name: 'Save plan' });

test('a finished run is saved with its drafts, analyses, usage and origin, and nothing else', async () => {
  const { posted } = takeSaves();
  const { user } = await openFinished({ handle: ME.handle });
  await user.click(await save());
  expect(await screen.findByRole('link', { name: 'Open plan' })).toHaveAttribute(
    'href',
    `/me/plans/${savedPlan().id}`,
  );
  const { drafts, analyses, intent, plan, usage } = savedPlan();
  expect(posted.map(({ body }) => body)).toEqual([
    {
      ...{ goal: GOAL, intent, plan, drafts, analyses, usage, outcome: 'done' },
      origin: { provider: 'sandbox', model: 'sandbox-1', credentials: 'none' },
    },
  ]);
});

test('saved while signed out: signing in happens in place and the save completes by itself', async () => {
  const { posted } = takeSaves();
  server.use(http.post('/v1/auth/sign-in/email', () => HttpResponse.json({ ok: true })));
  const { user } = await openFinished(null);
  await user.click(await save());
  const dialog = await screen.findByRole('dialog', { name: 'Sign in to save this plan' });
  await user.type(within(dialog).getByLabelText('E-mail'), ME.email);
  await user.type(within(dialog).getByLabelText('Password'), `${PASSWORD}{Enter}`);
  expect(await screen.findByRole('link', { name: 'Open plan' })).toBeVisible();
  expect(posted).toHaveLength(1);
  expect(sessionStorage.getItem('oneturn.save')).toBeNull();
});

test('who closes the dialog saves nothing and keeps everything', async () => {
  const { posted } = takeSaves();
  const { user } = await openFinished(null);
  await user.click(await save());
  await screen.findByRole('dialog');
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(await save()).toBeVisible();
  expect(posted).toHaveLength(0);
  expect(sessionStorage.getItem('oneturn.save')).toBeNull();
});

test('while the database is away the plan is kept in the tab, and trying again is the same save', async () => {
  const { posted } = takeSaves((count) => (count === 1 ? refuse(AWAY) : undefined));
  const { user } = await openFinished({ handle: ME.handle });
  await user.click(await save());
  expect(await screen.findByText('The plan is kept in this tab.')).toBeVisible();
  expect(screen.getByText(AWAY.message)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('link', { name: 'Open plan' })).toBeVisible();
  expect(new Set(posted.map(({ key }) => key)).size).toBe(1);
  expect(posted).toHaveLength(2);
});

test('a save that waited while the page was reloaded completes by itself', async () => {
  takeSaves(() => refuse(AWAY));
  const first = await openFinished({ handle: ME.handle });
  await first.user.click(await save());
  await screen.findByText('The plan is kept in this tab.');
  first.unmount();

  const { posted } = takeSaves();
  const compose = openCompose(async () => ({ config: configNow(), offsetMs: 0 }), readKept(sessionStorage));
  openAt('/compose', <ComposePage compose={compose} />);
  expect(await screen.findByRole('link', { name: 'Open plan' })).toBeVisible();
  expect(posted).toHaveLength(1);
});

test('a session that ended meanwhile asks to sign in and then saves', async () => {
  const { posted } = takeSaves((count) => (count === 1 ? refuse(SIGNED_OUT) : undefined));
  server.use(http.post('/v1/auth/sign-in/email', () => HttpResponse.json({ ok: true })));
  const { user } = await openFinished({ handle: ME.handle });
  await user.click(await save());
  await user.type(await screen.findByLabelText('E-mail'), ME.email);
  await user.type(screen.getByLabelText('Password'), `${PASSWORD}{Enter}`);
  expect(await screen.findByRole('link', { name: 'Open plan' })).toBeVisible();
  expect(posted).toHaveLength(2);
});

test('a stopped run can be saved, as stopped', async () => {
  const { posted } = takeSaves();
  const { user } = await openFinished({ handle: ME.handle }, [
    ...RUN.slice(0, 13),
    { event: 'cancelled', data: {} },
  ]);
  await user.click(await save());
  await screen.findByRole('link', { name: 'Open plan' });
  expect(posted[0]?.body).toMatchObject({ outcome: 'cancelled', drafts: [draftOf('i1')], analyses: [] });
});

test('a run without a plan offers nothing to save', async () => {
  await openFinished({ handle: ME.handle }, [
    ...RUN.slice(0, 2),
    { event: 'failed', data: { error: { code: 'provider_failed', message: 'No answer.' } } },
  ]);
  expect(screen.queryByRole('button', { name: 'Save plan' })).toBeNull();
});

/** Saves a stopped run, redoes what is missing, and presses "Save changes", which meets `current`. */
async function saveOverConflict(current: SavedPlan, choice: string) {
  const patched: { match: string | null; body: unknown }[] = [];
  const { posted } = takeSaves();
  server.use(
    http.patch(ROUTES.plan(':id'), async ({ request }) => {
      patched.push({ match: request.headers.get('if-match'), body: await request.json() });
      if (request.headers.get('if-match') !== `"${current.rev}"`)
        return refuse({ code: 'conflict', message: 'Changed.' }, { current });
      return HttpResponse.json(summaryOf(savedPlan({ rev: current.rev + 1 })));
    }),
  );
  const { user } = await openFinished({ handle: ME.handle }, [
    ...RUN.slice(0, 16),
    { event: 'cancelled', data: {} },
  ]);
  await user.click(await save());
  await screen.findByRole('link', { name: 'Open plan' });

  const { run, handler } = scriptRun();
  server.use(handler);
  await user.click(screen.getByRole('button', { name: /^Redo what is missing/ }));
  run.send(
    { event: 'run', data: { id: 'run-2' } },
    ...RUN.slice(16).filter(({ event }) => event !== 'receipt'),
  );
  run.end();
  await user.click(await screen.findByRole('button', { name: 'Save changes' }));
  const dialog = await screen.findByRole('dialog', { name: 'This plan was changed elsewhere' });
  await user.click(within(dialog).getByRole('button', { name: choice }));
  await screen.findByRole('link', { name: 'Open plan' });
  return { patched, posted };
}
const THEIRS = savedPlan({ rev: 5, title: 'Their title', drafts: [draftOf('i1', { body: 'Their text' })] });

test('two edits of one plan: mine replaces theirs only after it was chosen', async () => {
  const { patched, posted } = await saveOverConflict(THEIRS, 'Replace with mine');
  expect(patched.map(({ match }) => match)).toEqual(['"1"', '"5"']);
  expect(patched[1]?.body).toMatchObject({ drafts: [draftOf('i1'), draftOf('i2')] });
  expect(posted).toHaveLength(1);
});

test('two edits of one plan: theirs stays and is shown', async () => {
  const { patched } = await saveOverConflict(THEIRS, 'Keep what is there');
  expect(patched).toHaveLength(1);
  expect(await screen.findByText('Their text')).toBeVisible();
});

test('two edits of one plan: mine becomes a plan of its own', async () => {
  const { patched, posted } = await saveOverConflict(THEIRS, 'Save mine as a new plan');
  expect(patched).toHaveLength(1);
  expect(posted).toHaveLength(2);
  expect(posted[0]?.key).not.toBe(posted[1]?.key);
});

test('pressed twice it is saved once', async () => {
  const { posted } = takeSaves();
  const { user } = await openFinished({ handle: ME.handle });
  await user.dblClick(await save());
  await screen.findByRole('link', { name: 'Open plan' });
  await waitFor(() => expect(posted).toHaveLength(1));
});
