import type { Failure, FailureCode } from '../../shared/contract/failure.ts';

/**
 * better-auth answers people outside of a workspace with another status than for one that does not exist. Both become the same answer here,
 * so that nobody learns which workspaces exist.
 */
const NO_WORKSPACE: Failure = {
  code: 'not_found',
  message: 'There is no such workspace, member or invitation here.',
};

const ONLY_OWNER: Failure = {
  code: 'conflict',
  message: 'A workspace needs an owner, and there is no other. Make somebody else one first.',
};

export const HANDLE_TAKEN: Failure = {
  code: 'conflict',
  message: 'This handle is taken. Choose another.',
  field: 'handle',
};

/** better-auth's codes that get a sentence of their own. The rest are answered by their status. */
const BY_CODE: Readonly<Record<string, Failure>> = {
  INVALID_EMAIL_OR_PASSWORD: {
    code: 'unauthenticated',
    message: 'The e-mail address or the password is wrong.',
  },
  FAILED_TO_CREATE_USER: { code: 'conflict', message: 'The e-mail address or the handle is taken.' },
  HANDLE_TAKEN,
  INVALID_PASSWORD: { code: 'invalid_field', message: 'The password is wrong.', field: 'password' },
  CREDENTIAL_ACCOUNT_NOT_FOUND: {
    code: 'conflict',
    message: 'This account signs in through GitHub and has no password.',
  },
  SESSION_EXPIRED: {
    code: 'forbidden',
    message: 'You signed in too long ago for this. Sign out, sign in and try again.',
  },
  SESSION_NOT_FRESH: {
    code: 'forbidden',
    message: 'You signed in too long ago for this. Sign out, sign in and try again.',
  },
  SOLE_OWNER: {
    code: 'conflict',
    message: 'You are the only owner of a workspace that has other members. Make one of them an owner first.',
  },
  PROVIDER_NOT_FOUND: { code: 'not_found', message: 'This server has no sign-in through GitHub.' },
  ORGANIZATION_NOT_FOUND: NO_WORKSPACE,
  MEMBER_NOT_FOUND: NO_WORKSPACE,
  INVITATION_NOT_FOUND: NO_WORKSPACE,
  USER_IS_NOT_A_MEMBER_OF_THE_ORGANIZATION: NO_WORKSPACE,
  YOU_ARE_NOT_A_MEMBER_OF_THIS_ORGANIZATION: NO_WORKSPACE,
  YOU_ARE_NOT_THE_RECIPIENT_OF_THE_INVITATION: NO_WORKSPACE,
  YOU_CANNOT_LEAVE_THE_ORGANIZATION_AS_THE_ONLY_OWNER: ONLY_OWNER,
  YOU_CANNOT_LEAVE_THE_ORGANIZATION_WITHOUT_AN_OWNER: ONLY_OWNER,
  // answered with 401, as if the session had ended
  YOU_ARE_NOT_ALLOWED_TO_DELETE_THIS_MEMBER: {
    code: 'forbidden',
    message: 'Only an admin or owner of this workspace can do this. Ask one of them.',
  },
  ORGANIZATION_ALREADY_EXISTS: { ...HANDLE_TAKEN, field: 'slug' },
  ORGANIZATION_SLUG_ALREADY_TAKEN: { ...HANDLE_TAKEN, field: 'slug' },
  YOU_HAVE_REACHED_THE_MAXIMUM_NUMBER_OF_ORGANIZATIONS: {
    code: 'conflict',
    message: 'You are in as many workspaces as one person can be. Leave one first.',
  },
  USER_IS_ALREADY_A_MEMBER_OF_THIS_ORGANIZATION: {
    code: 'conflict',
    message: 'Somebody with this address is in this workspace already.',
    field: 'email',
  },
  USER_IS_ALREADY_INVITED_TO_THIS_ORGANIZATION: {
    code: 'conflict',
    message: 'This address is invited already: copy the link of that invitation, or cancel it first.',
    field: 'email',
  },
  ORGANIZATION_MEMBERSHIP_LIMIT_REACHED: {
    code: 'conflict',
    message: 'This workspace has as many members as it can have.',
  },
  INVITATION_LIMIT_REACHED: {
    code: 'conflict',
    message: 'As many invitations wait as a workspace can have. Cancel some first.',
  },
  INVITER_IS_NO_LONGER_A_MEMBER_OF_THE_ORGANIZATION: NO_WORKSPACE,
  INVALID_ORIGIN: {
    code: 'forbidden',
    message: 'This was sent by another site. Use the page of this server.',
  },
};

const BY_STATUS: Readonly<Record<number, { readonly code: FailureCode; readonly message: string }>> = {
  400: { code: 'invalid_request', message: 'This could not be done. Check what you entered.' },
  401: { code: 'unauthenticated', message: 'Sign in first.' },
  403: { code: 'forbidden', message: 'You may not do this here.' },
  404: { code: 'not_found', message: 'There is nothing here.' },
  409: { code: 'conflict', message: 'This cannot be done now. Load the page anew.' },
  422: { code: 'invalid_request', message: 'This could not be done. Check what you entered.' },
};

/** better-auth's error in the words of our contract. Its own messages are not passed on. */
export function authFailure(status: number, body: unknown, retryAfter: string | null): Failure {
  if (status === 429) {
    const retryAfterSeconds = Math.max(1, Number(retryAfter) || 60);
    return {
      code: 'rate_limited',
      message: `Too many attempts. Try again in ${retryAfterSeconds} seconds.`,
      retryAfterSeconds,
    };
  }
  // one of its routes says `Invitation not found!` and gives no code
  const code: unknown = Reflect.get(Object(body), 'code') ?? toCode(Reflect.get(Object(body), 'message'));
  const known = typeof code === 'string' && Object.hasOwn(BY_CODE, code) ? BY_CODE[code] : undefined;
  return (
    known ?? BY_STATUS[status] ?? { code: 'internal', message: 'Something broke on this server. Try again.' }
  );
}

function toCode(message: unknown): string | undefined {
  return typeof message === 'string'
    ? message
        .toUpperCase()
        .match(/[A-Z]+/g)
        ?.join('_')
    : undefined;
}
