/** What the contract takes as a path of this server; nobody can be led elsewhere after signing in. */
const OWN_PATH = /^\/(?![/\\])[\w\-./?=&%]*$/;

export function pathOrHome(path: string | null): string {
  return path !== null && path.length <= 400 && OWN_PATH.test(path) ? path : '/compose';
}
