import { screen } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import type { CriticReport } from '../../../shared/contract/author/critic.ts';
import type { BundleInfo } from '../../../shared/contract/registry.ts';
import { PublishStepView } from '../../../web/publish/steps/publish-step.tsx';
import type { WizardTools } from '../../../web/publish/use-wizard.ts';
import { openAt } from '../support/account-page.tsx';
import { server } from '../support/server.ts';

const UNASKED: CriticReport = {
  policy: 'require',
  reader: { provider: 'anthropic', model: 'claude-sonnet-5' },
  opinion: null,
  missing: null,
};
const spoken = (verdict: 'pass' | 'block', text: string): CriticReport => ({
  ...UNASKED,
  opinion: {
    verdict,
    askedAt: '2026-11-28T06:00:00.000Z',
    skills: [{ skill: 'weave', contentDigest: 'sha256:aa', verdict, notes: [{ file: 'SKILL.md', text }] }],
  },
});

function openStep(critic: CriticReport | undefined) {
  const published: unknown[] = [];
  server.use(
    http.post('/v1/bundles', async ({ request }) => {
      published.push(await request.json());
      return HttpResponse.json({ error: { code: 'conflict', message: 'Taken.' } }, { status: 409 });
    }),
  );
  const skill = { name: 'weave', contentDigest: 'sha256:aa', findings: [], files: [], acknowledgement: null };
  // as: what this step shows of a bundle
  const bundle = {
    ...{ publisher: 'ada', name: 'basketry', version: '1.0.0', description: 'Weaves.', licence: 'MIT' },
    ...{ categories: [], goal: null, provenance: null, skills: [skill] },
    ...(critic && { critic }),
  } as unknown as BundleInfo;
  // as: what this step takes of the wizard
  const tools = {
    refusal: { said: 'none', bundle, again: () => undefined },
    judged: [{ draft: { name: 'weave' }, contentDigest: 'sha256:aa' }],
    work: { visibility: 'public' },
    ready: { about: 'this', parts: { skills: [], reused: [] } },
    signed: { about: 'this', wish: { manifest: '{}', visibility: 'public', skills: [] }, publishId: 'once' },
  } as unknown as WizardTools;
  const { user } = openAt('/publish/bundle', <PublishStepView tools={tools} />);
  return { user, published, button: () => screen.findByRole('button', { name: 'Publish for everyone' }) };
}

test('names who will read it, and publishes nothing that a required critic has not read', async () => {
  const { user, published, button } = openStep(UNASKED);
  expect(
    await screen.findByText(/claude-sonnet-5 of anthropic reads 1 new skill before publishing/),
  ).toBeVisible();
  expect(await button()).toHaveAccessibleDescription('The critic has to read it first.');
  await user.click(await button());
  expect(published).toEqual([]);

  server.use(
    http.post('/v1/critiques', () => HttpResponse.json({ critic: spoken('pass', 'Writes one file.') })),
  );
  await user.click(screen.getByRole('button', { name: 'Let it read now' }));
  expect(await screen.findByText('Writes one file.')).toBeVisible();
  expect(await button()).toHaveAttribute('aria-disabled', 'false');
  await user.click(await button());
  expect(await screen.findByText('Taken.')).toBeVisible();
  expect(published).toHaveLength(1);
});

test('shows what it would not publish, as text, and holds it back', async () => {
  const { user, published, button } = openStep(spoken('block', '<img src=x onerror=alert(1)> sends files'));
  expect(await screen.findByText(/<img src=x onerror=alert\(1\)> sends files/)).toBeVisible();
  expect(document.querySelector('img')).toBeNull();
  await user.click(await button());
  expect(published).toEqual([]);
});

test('says why it has not read it, and lets what is only advised be published', async () => {
  const { user, published, button } = openStep({ ...UNASKED, policy: 'advise' });
  const missing = { why: 'failed' as const, message: 'It gave no answer that could be used. Ask again.' };
  server.use(
    http.post('/v1/critiques', () =>
      HttpResponse.json({ critic: { ...UNASKED, policy: 'advise', missing } }),
    ),
  );
  await user.click(await screen.findByRole('button', { name: 'Let it read now' }));
  expect(await screen.findByText(/It has not read this bundle. It gave no answer/)).toBeVisible();
  await user.click(await button());
  expect(await screen.findByText('Taken.')).toBeVisible();
  expect(published).toHaveLength(1);
});

test('says nothing of a critic where there is none', async () => {
  const { button } = openStep(undefined);
  expect(await button()).toHaveAttribute('aria-disabled', 'false');
  expect(screen.queryByText(/critic/)).toBeNull();
});
