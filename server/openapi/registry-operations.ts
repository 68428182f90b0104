import {
  bundleInfo,
  bundlePage,
  publishAnswer,
  publishBundle,
  registerSigningKey,
  revokeSigningKey,
  signingKeyInfo,
  signingKeyList,
  skillPage,
} from '../../shared/contract/registry.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { bundleQuery, versionQuery } from '../registry/bundle-query.ts';
import { json, type Operation } from './operation.ts';

const ZIP = { description: 'A ZIP of the files', media: ['application/zip'] } as const;

/** Publishing and reading. */
export const REGISTRY_OPERATIONS: readonly Operation[] = [
  {
    ...{ id: 'listBundles', method: 'get', path: ROUTES.bundles, tag: 'registry', needs: 'anyone' },
    summary: 'Searches what is published; a token with `publish` also sees its workspace’s private bundles',
    query: bundleQuery,
    answers: { 200: json('A page of bundles', bundlePage) },
  },
  {
    ...{ id: 'publishBundle', method: 'post', path: ROUTES.bundles, tag: 'registry', needs: 'publish' },
    summary: 'Publishes a signed bundle, or with dryRun says what would be public',
    headers: ['idempotency-key'],
    body: publishBundle,
    answers: {
      200: json('A dry run, or it was published before', publishAnswer),
      201: json('Published', publishAnswer),
    },
    failures: ['conflict', 'forbidden'],
  },
  {
    ...{ id: 'getBundle', method: 'get', path: ROUTES.bundle('{owner}', '{name}'), tag: 'registry' },
    needs: 'anyone',
    summary: 'One version of a bundle, the newest where none is named',
    query: versionQuery,
    answers: { 200: json('The bundle', bundleInfo) },
    failures: ['not_found'],
  },
  {
    ...{ id: 'getBundleArchive', method: 'get', path: ROUTES.bundleArchive('{owner}', '{name}') },
    ...{ tag: 'registry', needs: 'anyone' },
    summary: 'A bundle’s manifest, signatures and skills',
    query: versionQuery,
    answers: { 200: ZIP },
    failures: ['not_found'],
  },
  {
    ...{ id: 'getSkill', method: 'get', path: ROUTES.skill('{owner}', '{name}'), tag: 'registry' },
    needs: 'anyone',
    summary: 'One version of a skill with the text of its files',
    query: versionQuery,
    answers: { 200: json('The skill', skillPage) },
    failures: ['not_found'],
  },
  {
    ...{ id: 'getArchive', method: 'get', path: ROUTES.archive('{file}'), tag: 'registry', needs: 'nobody' },
    summary: 'A skill’s archive by its digest: `<sha256>.zip`',
    answers: { 200: ZIP },
    failures: ['not_found'],
  },
  {
    ...{ id: 'listSigningKeys', method: 'get', path: ROUTES.signingKeys, tag: 'registry', needs: 'session' },
    summary: 'Your public signing keys',
    answers: { 200: json('All of them, revoked ones included', signingKeyList) },
  },
  {
    ...{ id: 'registerSigningKey', method: 'post', path: ROUTES.signingKeys, tag: 'registry' },
    needs: 'session',
    summary: 'Registers the public half of a signing key',
    body: registerSigningKey,
    answers: {
      200: json('It was registered before', signingKeyInfo),
      201: json('Registered', signingKeyInfo),
    },
    failures: ['conflict'],
  },
  {
    ...{ id: 'revokeSigningKey', method: 'delete', path: ROUTES.signingKey('{id}'), tag: 'registry' },
    needs: 'session',
    summary: 'Revokes a signing key: nothing new counts as signed by it',
    query: revokeSigningKey,
    answers: { 200: json('Revoked', signingKeyInfo) },
    failures: ['not_found'],
  },
];
