/** What the contract takes as a path of this server; nobody can be led elsewhere after signing in. */
const OWN_PATH = /^\/(?![/\\])[\w\-./?=&%]*$/;
/** Whoever signs in for nothing in particular comes for what the account keeps. */
const SIGNED_IN_PAGE = '/me/plans';

export function pathOrHome(path: string | null): string {
  return path !== null && path.length <= 400 && OWN_PATH.test(path) ? path : SIGNED_IN_PAGE;
}
