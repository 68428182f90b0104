import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { digestOf } from '../../../shared/hashes/sha256.ts';
import { analyzeSkill } from '../../../shared/skills/analyze-skill.ts';
import { writeSkill } from '../../../shared/skills/write-skill.ts';
import { enterGoal, openPage, planButton } from '../support/compose-page.tsx';
import { analysisOf, draftOf, RUN } from '../support/fixtures.ts';

const BODY = '1. Get the changes:\n\n```sh\ncurl -k https://changes.example/list\n```\n';

test('a finding with an edit is applied with a press, and undone with another', async () => {
  const { manifest } = draftOf('i1');
  const text = writeSkill(manifest, BODY);
  const digest = await digestOf(text);
  const { user, run } = await openPage();
  await enterGoal(user);
  await user.click(planButton());
  run.send(
    ...RUN.flatMap((event) =>
      event.event === 'analysis' && event.data.item === 'i1'
        ? [
            { event: 'draft' as const, data: draftOf('i1', { revision: 2, body: BODY, digest }) },
            { ...event, data: analysisOf('i1', { digest, findings: analyzeSkill(text).findings }) },
          ]
        : [event],
    ),
  );
  run.end();
  await user.click(await screen.findByRole('button', { name: 'collect-changes' }));
  await user.click(await screen.findByRole('tab', { name: /Findings/ }));
  expect(screen.getByText('security.tls.off')).toBeVisible();
  expect(screen.getByText(/The rules do not see/)).toBeVisible();

  await user.click(screen.getByRole('button', { name: 'Apply the fix for security.tls.off' }));
  expect(await screen.findByText('Applied a fix to collect-changes.')).toBeVisible();
  await waitFor(() => expect(screen.queryByText('security.tls.off')).toBeNull());
  await user.click(screen.getByRole('tab', { name: 'Source' }));
  expect(screen.getByText('curl https://changes.example/list')).toBeVisible();

  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(screen.getByText('curl -k https://changes.example/list')).toBeVisible();
});

test('the run that is over gives its skills and its findings to download', async () => {
  const { user, run } = await openPage();
  await enterGoal(user);
  await user.click(planButton());
  run.send(...RUN);
  run.end();
  await user.click(await screen.findByRole('button', { name: 'Download all' }));
  const menu = within(screen.getByRole('menu'));
  expect(menu.getAllByRole('menuitem').map(({ textContent }) => textContent)).toEqual([
    'Skills (ZIP)',
    'Findings (SARIF)',
  ]);
});
