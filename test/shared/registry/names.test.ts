import { expect, it } from 'vitest';
import { contentDigest } from '../../../shared/registry/content-digest.ts';
import { pathFault } from '../../../shared/registry/file-paths.ts';
import { outlineOf } from '../../../shared/registry/similar-name.ts';
import { compareVersions, isVersion, nextVersion } from '../../../shared/registry/version.ts';

it('gives names that look alike one outline, and others their own', () => {
  for (const [one, other] of [
    ['pr-review', 'prreview'],
    ['review-diff', 'rev1ew-diff'],
    ['modern-css', 'modem-css'],
    ['close-books', 'c1ose-b00ks'],
    ['write-notes', 'vvrite-notes'],
  ] as const)
    expect(outlineOf(one)).toBe(outlineOf(other));
  expect(outlineOf('review-diff')).not.toBe(outlineOf('review-drift'));
});

it.each([
  ['references/../x', 'does not stay inside'],
  ['/etc/passwd', 'does not stay inside'],
  ['a\\b', 'does not stay inside'],
  ['C:x', 'more than letters'],
  ['.env', 'hidden'],
  ['references/.git', 'hidden'],
  ['nul.txt', 'Windows'],
  ['scripts/COM1', 'Windows'],
  ['end.', 'more than letters'],
  ['a\u202Eb', 'more than letters'],
  ['skill.md', 'one file on many systems'],
  ['SKILL.md/x', 'a file and a folder'],
  ['Skill.OMS.sig', 'the signature'],
  ['a/b/c/d/e/f/g', 'folders deep'],
  [`${'a'.repeat(99)}/${'b'.repeat(98)}/c`, undefined],
  [`${'a'.repeat(99)}/${'b'.repeat(98)}/cd`, '200 characters'],
  ['references/guide.md', undefined],
])('says of the path %j beside SKILL.md: %s', (path, fault) => {
  const said = pathFault(['SKILL.md', path]);
  if (fault === undefined) expect(said).toBeUndefined();
  else expect(said).toContain(fault);
});

it('wants a SKILL.md at the root', () => {
  expect(pathFault(['references/SKILL.md'])).toContain('no file SKILL.md');
});

it('orders versions by their numbers', () => {
  expect(compareVersions('1.10.0', '1.9.9')).toBeGreaterThan(0);
  expect(nextVersion('1.9.9')).toBe('1.9.10');
  expect(nextVersion(undefined)).toBe('1.0.0');
  for (const text of ['1.0', '01.0.0', '1.0.0-rc', '1.0.0 ', '']) expect(isVersion(text)).toBe(false);
});

it('digests paths and contents whatever their order', async () => {
  const files = [
    { path: 'b', content: '2' },
    { path: 'a', content: '1' },
  ];
  expect(await contentDigest(files)).toBe(await contentDigest(files.toReversed()));
  expect(await contentDigest(files)).not.toBe(
    await contentDigest([
      { path: 'a', content: '2' },
      { path: 'b', content: '1' },
    ]),
  );
});
