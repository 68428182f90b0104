import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { Route } from 'wouter';
import type { Standing } from '../../../shared/contract/author/curation.ts';
import type { BundleInfo, SkillPage as Page } from '../../../shared/contract/registry.ts';
import { BundlePage } from '../../../web/registry/bundle-page.tsx';
import { SkillPage } from '../../../web/registry/skill-page.tsx';
import { openAt, refuse } from '../support/account-page.tsx';
import { server } from '../support/server.ts';

/** What authors and readers do about something that is published, at the page. */

const SKILL: Page['skill'] = {
  ...{ publisher: 'ada', name: 'weave-baskets', version: '1.0.0', description: 'Weaves.', licence: 'MIT' },
  ...{ contentDigest: 'sha256:aa', archiveDigest: 'sha256:bb', verdict: 'pass', findings: [] },
  ...{ acknowledgement: null, files: [{ path: 'SKILL.md', bytes: 10, sha256: 'aa' }] },
};
const BUNDLE: BundleInfo = {
  ...{ publisher: 'ada', name: 'basketry', version: '1.0.0', description: 'Weaves baskets.', licence: 'MIT' },
  ...{ visibility: 'public', goal: null, categories: [], provenance: null, signingKey: null, manifest: '{}' },
  ...{ signature: '{}', publishedAt: '2026-11-28T06:00:00.000Z', versions: ['1.0.0'], skills: [SKILL] },
};
const STANDS: Standing = { hiddenAt: null, removal: null, deprecation: null };

function openBundle(bundle: () => BundleInfo) {
  server.use(http.get('/v1/bundles/ada/basketry', () => HttpResponse.json(bundle())));
  return openAt('/b/ada/basketry', <Route path="/b/:owner/:bundle" component={BundlePage} />);
}

test('lets its author hide a version, deprecate and describe a bundle, and nobody else', async () => {
  let bundle: BundleInfo = { ...BUNDLE, mayChange: true };
  const sent: unknown[] = [];
  server.use(
    http.patch('/v1/bundles/ada/basketry', async ({ request }) => {
      const body = (await request.json()) as { readonly hidden?: boolean; readonly summary?: string };
      sent.push(body);
      const standing = { ...STANDS, hiddenAt: '2026-11-28T07:00:00.000Z' };
      if (body.hidden !== undefined) bundle = { ...bundle, ...(body.hidden && { standing }) };
      if (body.summary) bundle = { ...bundle, summary: body.summary };
      return HttpResponse.json({ versions: ['1.0.0'] });
    }),
  );
  const { user } = openBundle(() => bundle);
  const manage = within(await screen.findByRole('region', { name: 'Manage' }));
  await user.click(manage.getByRole('button', { name: 'Hide 1.0.0' }));
  expect(await manage.findByRole('button', { name: 'Show 1.0.0 again' })).toBeVisible();
  expect(screen.getByText(/only its workspace sees this version/)).toBeVisible();

  await user.click(manage.getByRole('button', { name: 'Deprecate…' }));
  await user.type(screen.getByRole('textbox', { name: 'Use instead (optional)' }), 'ada/pottery');
  await user.click(screen.getByRole('button', { name: 'Deprecate' }));
  await screen.findByText('basketry is deprecated.');

  await user.click(manage.getByRole('button', { name: 'Edit summary…' }));
  const field = screen.getByRole('textbox', { name: 'Summary' });
  expect(field).toHaveValue('Weaves baskets.');
  await user.clear(field);
  await user.type(field, 'Wickerwork.');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Wickerwork.')).toBeVisible();
  expect(screen.getByText('Signed as: Weaves baskets.')).toBeVisible();
  expect(sent).toEqual([
    { version: '1.0.0', hidden: true },
    { deprecated: { successor: 'ada/pottery' } },
    { version: '1.0.0', summary: 'Wickerwork.' },
  ]);
});

const WORKSPACE = {
  ...{ id: 'w', role: 'member', members: 2, current: false },
  personal: false,
  paused: false,
};
const WORKSPACES = [
  { ...WORKSPACE, slug: 'ada', name: 'ada', role: 'owner' },
  { ...WORKSPACE, slug: 'guild', name: 'The guild' },
  { ...WORKSPACE, slug: 'readers', name: 'Readers', role: 'viewer' },
  { ...WORKSPACE, slug: 'asleep', name: 'Asleep', paused: true },
];

test('transfers a bundle to another workspace in which its author publishes', async () => {
  let workspace = { slug: 'ada', name: 'ada' };
  const sent: unknown[] = [];
  server.use(
    http.get('/v1/workspaces', () => HttpResponse.json({ workspaces: WORKSPACES })),
    http.post('/v1/bundles/ada/basketry/transfer', async ({ request }) => {
      sent.push(await request.json());
      if (sent.length === 1)
        return refuse({ code: 'conflict', message: 'basketry reuses ada/secret, which is private.' });
      workspace = { slug: 'guild', name: 'The guild' };
      return HttpResponse.json({ versions: ['1.0.0'] });
    }),
  );
  const { user } = openBundle(() => ({ ...BUNDLE, mayChange: true, workspace }));
  await screen.findByText(/It is in the workspace/);
  await user.click(screen.getByRole('button', { name: 'Transfer…' }));
  const dialog = within(screen.getByRole('dialog', { name: 'Transfer basketry?' }));
  const select = await dialog.findByRole('combobox', { name: 'To the workspace' });
  // not where it is, where they only read, or where nothing is done
  expect(within(select).getAllByRole('option')).toHaveLength(1);
  expect(select).toHaveValue('guild');
  await user.click(dialog.getByRole('button', { name: 'Transfer' }));
  expect(await dialog.findByText(/reuses ada\/secret/)).toBeVisible();
  await user.click(dialog.getByRole('button', { name: 'Transfer' }));
  expect(await screen.findByText('(guild)', { exact: false })).toBeVisible();
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(sent).toEqual([{ workspace: 'guild' }, { workspace: 'guild' }]);
});

test('says at the field that a successor is none', async () => {
  server.use(
    http.patch('/v1/bundles/ada/basketry', () =>
      refuse({ code: 'invalid_field', field: 'deprecated.successor', message: 'The successor is another.' }),
    ),
  );
  const { user } = openBundle(() => ({ ...BUNDLE, mayChange: true }));
  await user.click(await screen.findByRole('button', { name: 'Deprecate…' }));
  const field = screen.getByRole('textbox', { name: 'Use instead (optional)' });
  await user.type(field, 'nobody/nothing');
  await user.click(screen.getByRole('button', { name: 'Deprecate' }));
  await screen.findByText('The successor is another.');
  expect(field).toBeInvalid();
});

test('tells readers what to use instead, and shows them no controls', async () => {
  const deprecation = { at: '2026-11-28T07:00:00.000Z', note: 'Wood is scarce.', successor: 'ada/pottery' };
  const removal = { at: '2026-11-28T07:00:00.000Z', reason: 'It sends keys away.' };
  const skill = { ...SKILL, description: '', files: [], standing: { ...STANDS, removal } };
  openBundle(() => ({ ...BUNDLE, standing: { ...STANDS, deprecation }, skills: [skill] }));
  expect(await screen.findByRole('link', { name: 'ada/pottery' })).toHaveAttribute('href', '/b/ada/pottery');
  expect(screen.getByText(/Wood is scarce\./)).toBeVisible();
  expect(screen.getByText(/Taken down by the operator on .*: It sends keys away\./)).toBeVisible();
  expect(screen.queryByText('0 files')).toBeNull();
  expect(screen.queryByRole('region', { name: 'Manage' })).toBeNull();
});

test('says why a skill was taken down', async () => {
  server.use(
    http.get('/v1/skills/ada/weave-baskets', () =>
      refuse({ code: 'forbidden', message: 'Taken down by the operator of this registry: It steals.' }),
    ),
  );
  openAt('/s/ada/weave-baskets', <Route path="/s/:owner/:skill" component={SkillPage} />, { me: null });
  expect(await screen.findByRole('heading', { name: 'This skill was taken down' })).toBeVisible();
  expect(screen.getByText(/It steals\./)).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
});

test('sends a report of a reader without an account', async () => {
  const sent: unknown[] = [];
  const page: Page = {
    ...{ skill: SKILL, signature: '{}', publishedAt: '2026-11-28T06:00:00.000Z', visibility: 'public' },
    ...{ downloads: 0, bundle: null, versions: ['1.0.0'], usedBy: [] },
    texts: [{ path: 'SKILL.md', content: '# Weave\n' }],
  };
  server.use(
    http.get('/v1/skills/ada/weave-baskets', () => HttpResponse.json(page)),
    http.post('/v1/skills/ada/weave-baskets/reports', async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ reported: true }, { status: 201 });
    }),
  );
  const path = <Route path="/s/:owner/:skill" component={SkillPage} />;
  const { user } = openAt('/s/ada/weave-baskets', path, { me: null });
  await user.click(await screen.findByRole('button', { name: 'Report this skill…' }));
  await user.click(screen.getByRole('button', { name: 'Report' }));
  const note = screen.getByRole('textbox', { name: 'Where, and how do you know' });
  expect(note).toBeInvalid();
  await user.selectOptions(screen.getByRole('combobox', { name: 'What is wrong' }), 'secrets');
  await user.type(note, 'A password is in line 7.');
  await user.click(screen.getByRole('button', { name: 'Report' }));
  expect(await screen.findByText('Reported. The operator of this registry sees it.')).toBeVisible();
  expect(sent).toEqual([{ version: '1.0.0', cause: 'secrets', note: 'A password is in line 7.' }]);
});
