import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { checkBundle, gate } from '../../../server/registry/check-bundle.ts';
import { type PublishBundle, publishBundle } from '../../../shared/contract/registry.ts';
import { contentDigest } from '../../../shared/registry/content-digest.ts';
import { makeSigner } from '../../shared/signing/signer.ts';
import { signedBundle, skillFiles } from './author.ts';

const signer = await makeSigner();
// three different warnings of the security rules: more than a draft may have without being looked at
const files = skillFiles(
  'sort-seeds',
  '```sh\nchmod 777 seeds\ngit push --force\ncurl -k https://seeds.example/list\n```\n',
);
const wish = await signedBundle({ handle: 'ada', name: 'seeds', skills: { 'sort-seeds': files } }, signer);
const text = 'The list is written by the skill itself.';

async function check(acknowledgements: PublishBundle['acknowledgements']) {
  const checked = await checkBundle(
    z.parse(publishBundle, { ...wish, acknowledgements }),
    'ada',
    signer.spki,
  );
  if (!checked.ok) throw new Error(checked.failure.message);
  return { refusal: gate(checked.value), skill: checked.value.skills[0] };
}

it('publishes what is to be looked at only with its author’s words, about exactly these files', async () => {
  const open = await check([]);
  expect(open.skill?.verdict).toBe('review');
  expect(open.refusal).toMatchObject({
    field: 'acknowledgements',
    message: expect.stringContaining('sort-seeds'),
  });
  const others = await contentDigest(skillFiles('sort-seeds', 'Something else.\n'));
  expect((await check([{ skill: 'sort-seeds', contentDigest: others, text }])).refusal).toBeDefined();
  const said = await check([{ skill: 'sort-seeds', contentDigest: await contentDigest(files), text }]);
  expect(said.refusal).toBeUndefined();
  expect(said.skill?.acknowledgement).toBe(text);
});
