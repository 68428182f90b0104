import * as z from 'zod/mini';
import { AUTHOR_ROUTES } from '../../shared/contract/author/author-routes.ts';
import { critiqueAnswer } from '../../shared/contract/author/critic.ts';
import {
  changeBundle,
  changedBundle,
  reportSkill,
  transferBundle,
} from '../../shared/contract/author/curation.ts';
import { imported, importFrom } from '../../shared/contract/author/import.ts';
import { createdTryLink, createTryLink, tryLinkList } from '../../shared/contract/author/try-link.ts';
import { publishBundle } from '../../shared/contract/registry.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { json, type Operation } from './operation.ts';

/** What authors and readers do about skills, before and after they are published. */
export const AUTHOR_OPERATIONS: readonly Operation[] = [
  {
    ...{ id: 'importSkills', method: 'post', path: AUTHOR_ROUTES.imports, tag: 'plans', needs: 'session' },
    summary: 'Makes a plan of skills that an index names; a ZIP is sent as application/zip instead',
    body: importFrom,
    answers: { 201: json('The plan, and what was left out', imported) },
    failures: ['conflict', 'too_large'],
  },
  {
    ...{ id: 'listTryLinks', method: 'get', path: AUTHOR_ROUTES.planTryLinks('{id}'), tag: 'plans' },
    needs: 'session',
    summary: 'The private links of a plan that still work',
    answers: { 200: json('The newest first', tryLinkList) },
    failures: ['not_found'],
  },
  {
    ...{ id: 'createTryLink', method: 'post', path: AUTHOR_ROUTES.planTryLinks('{id}'), tag: 'plans' },
    needs: 'session',
    summary: 'Makes a private link from which a client installs the plan; its secret is told this once',
    body: createTryLink,
    answers: { 201: json('The link', createdTryLink) },
    failures: ['not_found', 'conflict'],
  },
  {
    ...{ id: 'revokeTryLink', method: 'delete', path: AUTHOR_ROUTES.tryLink('{id}'), tag: 'plans' },
    needs: 'session',
    summary: 'Revokes a private link',
    answers: { 204: { description: 'Revoked' } },
    failures: ['not_found'],
  },
  {
    ...{ id: 'askCritic', method: 'post', path: AUTHOR_ROUTES.critiques, tag: 'registry', needs: 'publish' },
    summary:
      'Lets the operator’s critic read a bundle before it is published; what it has read costs nothing again',
    body: publishBundle,
    answers: { 200: json('What it says, or why it says nothing', critiqueAnswer) },
    failures: ['conflict'],
  },
  {
    ...{ id: 'changeBundle', method: 'patch', path: ROUTES.bundle('{owner}', '{name}'), tag: 'registry' },
    needs: 'publish',
    summary: 'Hides versions of a bundle, deprecates or describes them; what is signed stays as it is',
    body: changeBundle,
    answers: { 200: json('The versions that were changed', changedBundle) },
    failures: ['not_found'],
  },
  {
    ...{ id: 'transferBundle', method: 'post', path: AUTHOR_ROUTES.bundleTransfer('{owner}', '{name}') },
    ...{ tag: 'registry', needs: 'session' },
    summary: 'Gives a bundle to another workspace; its address, its publisher and what is signed stay',
    body: transferBundle,
    answers: { 200: json('The versions that it has now', changedBundle) },
    failures: ['not_found', 'conflict'],
  },
  {
    ...{ id: 'reportSkill', method: 'post', path: AUTHOR_ROUTES.skillReports('{owner}', '{name}') },
    ...{ tag: 'registry', needs: 'anyone' },
    summary: 'Tells the operator what is wrong with a skill',
    body: reportSkill,
    answers: { 201: json('Reported', z.object({ reported: z.boolean() })) },
    failures: ['not_found', 'rate_limited'],
  },
];
