import { expect, test } from 'vitest';
import type { BundleInfo } from '../../../shared/contract/registry.ts';
import { unsignedParts } from '../../../web/registry/unsigned-parts.ts';

const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;
const skill = (name: string, contentDigest: string) => ({
  ...{ publisher: 'ada', name, version: '1.0.0', description: 'Weaves.', licence: 'MIT' },
  ...{
    contentDigest,
    archiveDigest: digest('f'),
    verdict: 'pass' as const,
    findings: [],
    files: [],
    acknowledgement: null,
  },
});
const MANIFEST = {
  schema: 'oneturn/bundle/1',
  ...{ name: 'basketry', version: '1.0.0', publisher: 'ada', description: 'Weaves baskets.', licence: 'MIT' },
  createdAt: '2026-11-28T06:00:00.000Z',
  skills: [
    { name: 'cut', contentDigest: digest('a') },
    { name: 'weave', contentDigest: digest('b') },
  ].map((one) => ({ ...one, version: '1.0.0', publisher: 'ada', source: 'create' })),
};
const SHOWN: BundleInfo = {
  ...{ name: 'basketry', version: '1.0.0', publisher: 'ada', description: 'Weaves baskets.', licence: 'MIT' },
  ...{ visibility: 'public', categories: [], signature: '{}', versions: ['1.0.0'] },
  signingKey: digest('c'),
  ...{ goal: null, provenance: null, publishedAt: null },
  manifest: JSON.stringify(MANIFEST),
  skills: [skill('cut', digest('a')), skill('weave', digest('b'))],
};

test.each([
  ['what was signed', {}, []],
  [
    'digests that changed places',
    { skills: [skill('cut', digest('b')), skill('weave', digest('a'))] },
    ['the skill cut', 'the skill weave'],
  ],
  [
    'another author’s skill of that name',
    { skills: [{ ...skill('cut', digest('a')), publisher: 'eve' }] },
    ['the skill cut'],
  ],
  ['another description', { description: 'Pays.' }, ['the bundle’s description']],
  ['another version', { version: '2.0.0' }, ['the bundle’s version']],
  ['a manifest that is none', { manifest: '{}' }, ['bundle.json']],
  ['no manifest', { manifest: null }, ['bundle.json']],
])('%s', (_, shown, unsigned) => {
  // as: a changed part of a bundle has the part's own type
  expect(unsignedParts({ ...SHOWN, ...(shown as Partial<BundleInfo>) })).toEqual(unsigned);
});
