import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { openPage, planButton, withKey } from '../support/compose-page.tsx';
import { draftOf, RUN } from '../support/fixtures.ts';

test('a file is shown as it is written, after the text of its draft', async () => {
  const page = await openPage();
  await withKey(page);
  await page.user.click(planButton());
  const path = 'scripts/count.mjs';
  const file = (delta: string) => ({ event: 'file', data: { item: 'i1', path, attempt: 1, delta } }) as const;
  page.run.send(
    ...RUN.filter(({ event }) => event === 'run' || event === 'intent' || event === 'plan'),
    { event: 'draft', data: draftOf('i1') },
    file('import one'),
    file(' from "two";'),
  );
  const box = await screen.findByRole('region', { name: `collect-changes/${path}, being written` });
  expect(box).toHaveTextContent('import one from "two";');
  expect(screen.getByText('writing its files')).toBeVisible();
  page.run.send({
    event: 'draft',
    data: draftOf('i1', { files: [{ path, content: 'import one from "two";\n' }], digest: 'sha256:files' }),
  });
  await screen.findByText('analyzing');
  expect(screen.queryByRole('region', { name: /being written$/ })).toBeNull();
});
