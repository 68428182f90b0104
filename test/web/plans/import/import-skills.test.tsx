import { screen, within } from '@testing-library/react';
import { unzipSync } from 'fflate';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { MAX_IMPORT_BYTES } from '../../../../shared/contract/author/import.ts';
import { ImportSkills } from '../../../../web/plans/import/import-skills.tsx';
import { openAt, refuse } from '../../support/account-page.tsx';
import { server } from '../../support/server.ts';

/** Importing skills at the page: each of the three ways, what was left out, and a refusal. */

const PLAN = {
  ...{ id: 'p1', rev: 1, title: 'Imported: weave', goal: 'Skills imported', outcome: 'done', drafts: 1 },
  origin: { provider: 'import', model: 'a ZIP', credentials: 'none' },
  ...{ createdAt: '2026-11-28T06:00:00.000Z', updatedAt: '2026-11-28T06:00:00.000Z' },
};

test('sends a folder as a ZIP, and leads to the wizard', async () => {
  const sent: string[][] = [];
  server.use(
    http.post('/v1/imports', async ({ request }) => {
      expect(request.headers.get('content-type')).toBe('application/zip');
      sent.push(Object.keys(unzipSync(new Uint8Array(await request.arrayBuffer()))));
      const leftOut = [{ name: 'picture', reason: 'a.png is no text.' }];
      return HttpResponse.json({ plan: PLAN, leftOut }, { status: 201 });
    }),
  );
  const { user } = openAt('/me/plans', <ImportSkills />);
  await user.click(screen.getByRole('button', { name: 'Import skills…' }));
  const file = (path: string) =>
    Object.defineProperty(new File(['text'], path.split('/').at(-1) ?? ''), 'webkitRelativePath', {
      value: path,
    });
  await user.upload(screen.getByLabelText('A folder'), [
    file('skills/weave/SKILL.md'),
    file('skills/.git/config'),
  ]);
  await user.click(screen.getByRole('button', { name: 'Import' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Imported 1 skill' }));
  expect(dialog.getByText('picture: a.png is no text.')).toBeVisible();
  expect(dialog.getByRole('link', { name: 'Look through and publish' })).toHaveAttribute(
    'href',
    '/publish/bundle?plan=p1',
  );
  expect(sent).toEqual([['skills/weave/SKILL.md']]);
});

test('sends a ZIP as it is, one that is too large not at all, and says when the answer is none of the server’s', async () => {
  const sent: unknown[] = [];
  server.use(
    http.post('/v1/imports', async ({ request }) => {
      sent.push([request.headers.get('content-type'), await request.text()]);
      return HttpResponse.text('<html>a proxy’s page</html>');
    }),
  );
  const { user } = openAt('/me/plans', <ImportSkills />);
  await user.click(screen.getByRole('button', { name: 'Import skills…' }));
  const field = screen.getByLabelText('A ZIP or .tar.gz');
  const large = new File([], 'large.zip');
  Object.defineProperty(large, 'size', { value: MAX_IMPORT_BYTES + 1 });
  await user.upload(field, large);
  await user.click(screen.getByRole('button', { name: 'Import' }));
  expect(await screen.findByText(/That is more than 6 MB/)).toBeVisible();
  expect(sent).toEqual([]);

  await user.upload(field, new File(['PK bytes'], 'weave.zip'));
  await user.click(screen.getByRole('button', { name: 'Import' }));
  expect(await screen.findByText(/The answer is not one that this page knows/)).toBeVisible();
  expect(sent).toEqual([['application/zip', 'PK bytes']]);
});

test('sends an address, and says why nothing came of it', async () => {
  const asked: unknown[] = [];
  server.use(
    http.post('/v1/imports', async ({ request }) => {
      asked.push(await request.json());
      return refuse({ code: 'invalid_field', field: 'url', message: 'There is no index here.' });
    }),
  );
  const { user } = openAt('/me/plans', <ImportSkills />);
  await user.click(screen.getByRole('button', { name: 'Import skills…' }));
  const field = screen.getByRole('textbox', { name: 'An address with an index of skills' });
  await user.type(field, 'https://skills.example.com');
  await user.click(screen.getByRole('button', { name: 'Import' }));
  expect(await screen.findByText('There is no index here.')).toBeVisible();
  expect(asked).toEqual([{ url: 'https://skills.example.com' }]);
});
