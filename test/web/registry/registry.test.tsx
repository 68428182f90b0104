import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { Route } from 'wouter';
import type { BundleInfo } from '../../../shared/contract/registry.ts';
import { BundlePage } from '../../../web/registry/bundle-page.tsx';
import { RegistryPage } from '../../../web/registry/registry-page.tsx';
import { openAt, refuse } from '../support/account-page.tsx';
import { server } from '../support/server.ts';

const BUNDLE: BundleInfo = {
  publisher: 'ada',
  name: 'basketry',
  version: '1.1.0',
  description: 'Weaves baskets.',
  licence: 'MIT',
  visibility: 'public',
  goal: 'Weave a basket',
  categories: ['creative'],
  provenance: {
    origin: { provider: 'anthropic', model: 'claude-sonnet-5', credentials: 'user' },
    cost: { usd: 0.0065, isEstimate: false },
  },
  signingKey: 'c0ffee'.padEnd(64, '0'),
  manifest: '{}',
  signature: '{}',
  publishedAt: '2026-11-28T06:00:00.000Z',
  versions: ['1.1.0', '1.0.0'],
  skills: [
    {
      ...{
        publisher: 'ada',
        name: 'weave-baskets',
        version: '1.1.0',
        description: 'Weaves.',
        licence: 'MIT',
      },
      ...{ contentDigest: 'sha256:aa', archiveDigest: 'sha256:bb', verdict: 'review' },
      findings: [
        { rule: 'security.x', severity: 'warning', message: 'It runs a program.', line: 7, file: 'SKILL.md' },
      ],
      acknowledgement: 'The program is part of every system.',
      files: [{ path: 'SKILL.md', bytes: 10, sha256: 'aa' }],
    },
  ],
};
const NOBODY = { me: null };

test('lists what is published for someone without an account, and asks the server for the search', async () => {
  const asked: string[] = [];
  const narrowedBy: (string | null)[] = [];
  server.use(
    http.get('/v1/bundles', ({ request }) => {
      const q = new URL(request.url).searchParams.get('q') ?? '';
      asked.push(q);
      narrowedBy.push(new URL(request.url).searchParams.get('licence'));
      const { publisher, name, version, description, licence, visibility } = BUNDLE;
      const one = { publisher, name, version, description, licence, visibility, skills: ['weave-baskets'] };
      const choices = {
        categories: [{ name: 'creative', count: 1 }],
        licences: [{ name: 'MIT', count: 1 }],
        signers: [{ name: 'ada', count: 1 }],
      };
      const bundles =
        q === 'clay' ? [] : [{ ...one, categories: [], publishedAt: '2026-11-28T06:00:00.000Z' }];
      return HttpResponse.json({ bundles, total: bundles.length, choices });
    }),
  );
  const { user } = openAt('/registry', <RegistryPage />, NOBODY);
  const link = await screen.findByRole('link', { name: 'basketry' });
  expect(link).toHaveAttribute('href', '/b/ada/basketry');
  await user.type(screen.getByRole('searchbox'), 'clay');
  expect(await screen.findByText('No bundle has enough of these words.')).toBeVisible();
  expect(asked).toContain('clay');
  expect(location.search).toBe('?q=clay');
  await user.selectOptions(screen.getByRole('combobox', { name: 'Licence' }), 'MIT');
  expect(location.search).toBe('?q=clay&licence=MIT');
  await waitFor(() => expect(narrowedBy).toContain('MIT'));
  expect(screen.getByRole('link', { name: 'Leave out the filters' })).toHaveAttribute(
    'href',
    '/registry?q=clay',
  );
});

test('shows a bundle with its commands, its author’s words and its files as text', async () => {
  const text =
    '---\nname: weave-baskets\n---\n\n# Weave\n\n<img src=x onerror=alert(1)> ![i](http://203.0.113.1/x)\n';
  server.use(
    http.get('/v1/bundles/ada/basketry', () => HttpResponse.json(BUNDLE)),
    http.get('/v1/skills/ada/weave-baskets', ({ request }) => {
      expect(new URL(request.url).searchParams.get('version')).toBe('1.1.0');
      return HttpResponse.json({
        skill: BUNDLE.skills[0],
        bundle: BUNDLE,
        ...{ signature: '', publishedAt: '2026-11-28T06:00:00.000Z', visibility: 'public', downloads: 0 },
        ...{ versions: ['1.1.0'], usedBy: [] },
        texts: [{ path: 'SKILL.md', content: text }],
      });
    }),
  );
  const { user, container } = openAt(
    '/b/ada/basketry',
    <Route path="/b/:owner/:bundle" component={BundlePage} />,
    NOBODY,
  );
  await screen.findByRole('heading', { name: 'basketry' });
  expect(screen.getByText(`npx skills add ${location.origin}/b/ada/basketry -a claude-code`)).toBeVisible();
  expect(
    screen.getByText(`claude plugin marketplace add ${location.origin}/b/ada/basketry/marketplace.json`),
  ).toBeInTheDocument();
  const made = screen.getByRole('region', { name: 'How it was made' });
  expect(within(made).getByText('Weave a basket')).toBeVisible();
  expect(within(made).getByText('claude-sonnet-5, by anthropic')).toBeVisible();
  expect(within(made).getByText('the author’s own key')).toBeVisible();
  expect(screen.getByText('The program is part of every system.')).toBeVisible();
  expect(
    within(screen.getByRole('navigation', { name: 'Versions' })).getByRole('link', { name: '1.0.0' }),
  ).toHaveAttribute('href', '/b/ada/basketry?version=1.0.0');
  await user.click(screen.getByText('1 file'));
  expect(await screen.findByRole('heading', { name: 'Weave' })).toBeVisible();
  await waitFor(() => expect(container.querySelector('img')).toBeNull());
});

test('says that there is no such bundle', async () => {
  server.use(
    http.get('/v1/bundles/ada/none', () =>
      refuse({ code: 'not_found', message: 'There is no such skill or bundle here.' }),
    ),
  );
  openAt('/b/ada/none', <Route path="/b/:owner/:bundle" component={BundlePage} />, NOBODY);
  expect(await screen.findByRole('heading', { name: 'There is no such bundle' })).toBeVisible();
});

test('shows what the registry’s critic said of it, with who said it and on whose credentials', async () => {
  const critic = {
    policy: 'advise' as const,
    reader: { provider: 'anthropic', model: 'claude-sonnet-5' },
    missing: null,
    opinion: {
      verdict: 'review' as const,
      askedAt: '2026-11-28T06:00:00.000Z',
      skills: [
        {
          ...{ skill: 'weave-baskets', contentDigest: 'sha256:aa', verdict: 'review' as const },
          notes: [{ file: 'SKILL.md', text: 'Step 3 overwrites the ledger.' }],
        },
      ],
    },
  };
  server.use(http.get('/v1/bundles/ada/basketry', () => HttpResponse.json({ ...BUNDLE, critic })));
  openAt('/b/ada/basketry', <Route path="/b/:owner/:bundle" component={BundlePage} />, NOBODY);
  const section = await screen.findByRole('region', { name: 'The registry’s critic' });
  expect(within(section).getByText('Step 3 overwrites the ledger.')).toBeVisible();
  expect(
    within(section).getByText(/claude-sonnet-5 of anthropic, on the registry’s own credentials/),
  ).toBeVisible();
});
