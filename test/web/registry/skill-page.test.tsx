import { screen, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { Route } from 'wouter';
import type { SkillPage as Page } from '../../../shared/contract/registry.ts';
import { signFiles } from '../../../shared/signing/model-signature.ts';
import { SkillPage } from '../../../web/registry/skill-page.tsx';
import { makeSigner, textFile } from '../../shared/signing/signer.ts';
import { openAt, refuse } from '../support/account-page.tsx';
import { server } from '../support/server.ts';

const signer = await makeSigner();
const KEY = { keyId: signer.id, name: 'laptop', pem: signer.pem, createdAt: '2026-11-01T00:00:00Z' };

async function pageOf(version: string, texts: Page['texts'], change: Partial<Page> = {}): Promise<Page> {
  const files = texts.map(({ path, content }) => textFile(path, content));
  return {
    skill: {
      ...{ publisher: 'ada', name: 'weave', version, description: 'Weaves.', licence: 'MIT' },
      ...{ contentDigest: 'sha256:aa', archiveDigest: `sha256:${'b'.repeat(64)}`, verdict: 'pass' },
      ...{ findings: [], acknowledgement: null },
      files: texts.map(({ path }) => ({ path, bytes: 1, sha256: 'aa' })),
    },
    signature: await signFiles('weave', files, signer),
    publishedAt: '2026-11-28T06:00:00.000Z',
    visibility: 'public',
    downloads: 1,
    bundle: { publisher: 'ada', name: 'basketry', version },
    versions: ['1.1.0', '1.0.0'],
    texts,
    usedBy: [{ publisher: 'eve', name: 'market', version: '2.0.0', skillVersion: '1.0.0' }],
    ...change,
  };
}

const OLD = [{ path: 'SKILL.md', content: '---\nname: weave\n---\n\n# Weave\n\nLoosely.\n' }];
const NEW = [
  { path: 'SKILL.md', content: '---\nname: weave\n---\n\n# Weave\n\nTightly.\n' },
  { path: 'scripts/cut.sh', content: 'cut <b>\n' },
];

function open(latest: Page, old: Page, { path = '/s/ada/weave', revokedAt = null as string | null } = {}) {
  server.use(
    http.get('/v1/skills/ada/weave', ({ request }) =>
      HttpResponse.json(new URL(request.url).searchParams.get('version') === '1.0.0' ? old : latest),
    ),
    http.get('/.well-known/skill-keys/ada.json', () =>
      HttpResponse.json({ handle: 'ada', keys: [{ ...KEY, revokedAt }] }),
    ),
  );
  return openAt(path, <Route path="/s/:owner/:skill" component={SkillPage} />, { me: null });
}

test('shows a skill to someone without an account: text, command, download, who reuses it, and that its signature is good', async () => {
  open(await pageOf('1.1.0', NEW), await pageOf('1.0.0', OLD));
  expect(await screen.findByRole('heading', { name: 'weave' })).toBeVisible();
  expect(screen.getByRole('heading', { name: 'Weave' })).toBeVisible();
  expect(screen.getByText(`npx skills add ${location.origin}/s/ada/weave`)).toBeVisible();
  expect(screen.getByRole('link', { name: 'Download ZIP' })).toHaveAttribute(
    'href',
    `/v1/archives/${'b'.repeat(64)}.zip`,
  );
  expect(screen.getByText('cut <b>', { exact: false })).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'eve/market 2.0.0' })).toHaveAttribute('href', '/b/eve/market');
  const signature = screen.getByRole('region', { name: 'Signature' });
  expect(await within(signature).findByText('good')).toBeVisible();
  expect(within(signature).getByText('These files are exactly what ada signed.')).toBeVisible();
});

test('says which file is not the one that was signed', async () => {
  const signed = await pageOf('1.1.0', NEW);
  const texts = [{ path: 'SKILL.md', content: `${NEW[0]?.content}Send it to me.\n` }, ...NEW.slice(1)];
  open({ ...signed, texts }, await pageOf('1.0.0', OLD));
  const told = await screen.findByRole('alert');
  expect(told).toHaveTextContent('not what ada signed. Do not install it.');
  expect(told).toHaveTextContent('changed: SKILL.md');
});

test('believes a revoked key only for what was published before', async () => {
  const page = await pageOf('1.1.0', NEW);
  const view = open(page, page, { revokedAt: '2026-11-28T07:00:00Z' });
  expect(await screen.findByText('good')).toBeVisible();
  view.unmount();
  open(page, page, { revokedAt: '2026-11-28T05:00:00Z' });
  expect(await screen.findByRole('alert')).toHaveTextContent('revoked at 2026-11-28T05:00:00Z');
});

const EVALS = [
  {
    path: 'evals/evals.json',
    content: '{"evals":[{"prompt":"Weave this","expectations":["No loose end."]}]}',
  },
  {
    path: 'evals/trigger-evals.json',
    content:
      '[{"query":"Make a basket","should_trigger":true},{"query":"Buy a basket","should_trigger":false}]',
  },
];
const RESULTS = [
  {
    path: 'evals/trigger-results.json',
    content:
      '{"provider":"acme","model":"acme-1","results":[{"query":"Make a basket","should_trigger":true,"triggered":true},{"query":"Buy a basket","should_trigger":false,"triggered":true}]}',
  },
  {
    path: 'evals/grading.json',
    content: '{"expectations":[{"text":"No loose end.","passed":true,"evidence":"“tied”"}]}',
  },
];

test('says how a skill was tried, out of its files, and whose word that is', async () => {
  const page = await pageOf('1.1.0', [...NEW, ...EVALS, ...RESULTS]);
  const { user } = open(page, page);
  const tried = await screen.findByRole('region', { name: 'How it was tried' });
  expect(tried).toHaveTextContent(
    'Loaded for 1 of 1 prompts that should load it, left alone for 0 of 1 near misses, with acme-1 at acme. Its task shows 1 of 1 that it must show.',
  );
  expect(tried).toHaveTextContent('Task: Weave this');
  expect(tried).toHaveTextContent('As ada says and signed');
  await user.click(within(tried).getByText('Each prompt'));
  expect(within(tried).getByRole('row', { name: 'Buy a basket no yes' })).toBeVisible();
});

test('says that no result is published, and nothing where files are of another form', async () => {
  const asked = await pageOf('1.1.0', [...NEW, ...EVALS]);
  const view = open(asked, asked);
  expect(await screen.findByRole('region', { name: 'How it was tried' })).toHaveTextContent(
    '1 prompt that should load it, 1 near miss. No result is published.',
  );
  view.unmount();
  const odd = await pageOf('1.1.0', [...NEW, { path: 'evals/trigger-evals.json', content: '{"a":' }]);
  open(odd, odd);
  expect(await screen.findByRole('heading', { name: 'weave' })).toBeVisible();
  expect(screen.queryByRole('region', { name: 'How it was tried' })).toBeNull();
});

test('compares a version with another, file by file, at an address of its own', async () => {
  const { user } = open(await pageOf('1.1.0', NEW), await pageOf('1.0.0', OLD));
  await user.selectOptions(await screen.findByRole('combobox', { name: 'Compare 1.1.0 with' }), '1.0.0');
  const changes = screen.getByRole('region', { name: 'Changes' });
  expect(await within(changes).findByText('Loosely.')).toBeVisible();
  expect(within(changes).getByText('Tightly.')).toBeVisible();
  expect(within(changes).getByRole('heading', { name: 'scripts/cut.sh (new)' })).toBeVisible();
  expect(location.search).toBe('?compare=1.0.0');
});

test('says that an old version is not what clients install', async () => {
  open(await pageOf('1.1.0', NEW), await pageOf('1.0.0', OLD), { path: '/s/ada/weave?version=1.0.0' });
  expect(await screen.findByText('This is version 1.0.0.', { exact: false })).toHaveTextContent('1.1.0');
});

test('says that there is no such skill, or that it could not be read', async () => {
  server.use(
    http.get('/v1/skills/ada/none', () =>
      refuse({ code: 'not_found', message: 'There is no such skill or bundle here.' }),
    ),
  );
  openAt('/s/ada/none', <Route path="/s/:owner/:skill" component={SkillPage} />, { me: null });
  expect(await screen.findByRole('heading', { name: 'There is no such skill' })).toBeVisible();
});
