import type * as z from 'zod/mini';
import type { Failure } from '../../shared/contract/failure.ts';
import type { ShapeProblem } from './json-shape.ts';

/**
 * Turns what is wrong with a body into a failure that names the field and never quotes a value: a value may be a key that was
 * pasted into the wrong place.
 */

const NO_MESSAGE = 'Invalid input';
/**
 * For all schemas whose issues come here. The English messages of zod, which exist as soon as anything imports the whole of zod, are not
 * written for users. A schema's own message goes before this one.
 */
export const NO_ENGLISH_OF_ZOD = { error: () => NO_MESSAGE } as const;

const MAX_FIELD_CHARS = 128;
const MAX_FIELD_PARTS = 8;

/** `drafts.0.manifest.name`. Names that a client made up are shown when they are plain, cut when they are long. */
export function fieldName(path: readonly PropertyKey[]): string {
  const parts = path
    .slice(0, MAX_FIELD_PARTS)
    .map((part) => (/^[\w-]{1,40}$/.test(String(part)) ? String(part) : '?'));
  return parts.join('.').slice(0, MAX_FIELD_CHARS) + (path.length > MAX_FIELD_PARTS ? '.…' : '');
}

export function issueFailure(issue: z.core.$ZodIssue): Failure {
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? '?'] : issue.path;
  const field = fieldName(path);
  const message = issue.message === NO_MESSAGE ? describe(issue, field) : issue.message;
  return { code: 'invalid_field', message, field };
}

export function shapeFailure(problem: ShapeProblem): Failure {
  const field = fieldName(problem.path);
  switch (problem.kind) {
    case 'deep':
      return {
        code: 'invalid_field',
        message: 'The JSON is nested too deeply. Send at most 64 levels.',
        field,
      };
    case 'duplicate':
      return {
        code: 'invalid_field',
        message: `The field ${field} stands twice in the JSON. Send it once.`,
        field,
      };
    case 'prototype':
      return {
        code: 'invalid_field',
        message: `The name ${field} is not allowed in JSON here. Leave it out.`,
        field,
      };
  }
}

export function unknownFailure(path: readonly PropertyKey[]): Failure {
  const field = fieldName(path);
  return { code: 'invalid_field', message: `The field ${field} is not known here. Leave it out.`, field };
}

export function unstorableFailure(path: readonly PropertyKey[]): Failure {
  const field = fieldName(path);
  return {
    code: 'invalid_field',
    message: `The field ${field} has a NUL character or half a character. Send plain text.`,
    field,
  };
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'an array',
  object: 'an object',
  record: 'an object',
};

function describe(issue: z.core.$ZodIssue, field: string): string {
  const what = field === '' ? 'The body' : `The field ${field}`;
  switch (issue.code) {
    case 'unrecognized_keys':
      return `${what} is not known here. Leave it out.`;
    case 'invalid_type':
      return `${what} is missing or has the wrong type: it must be ${TYPES[issue.expected] ?? issue.expected}.`;
    case 'too_big':
      return `${what} is too long or too large: at most ${issue.maximum}.`;
    case 'too_small':
      return `${what} is too short or too small: ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}.`;
    case 'invalid_value':
      return `${what} must be one of: ${issue.values.map(String).join(', ')}.`;
    default:
      return `${what} does not have the expected form.`;
  }
}
