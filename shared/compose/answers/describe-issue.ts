import type * as z from 'zod/mini';

/** Names a place in our schema and what belongs there. It never repeats what stood there. */
export function describeIssue(issue: z.core.$ZodIssue): string {
  const place = issue.path.length === 0 ? 'the answer' : issue.path.map(String).join('.');
  switch (issue.code) {
    case 'invalid_type':
      return `${place}: must be of type ${issue.expected}`;
    case 'invalid_value':
      return `${place}: must be one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return `${place}: must be at least ${issue.minimum}`;
    case 'too_big':
      return `${place}: must be at most ${issue.maximum}`;
    default:
      return `${place}: must not be empty or of another form`;
  }
}
