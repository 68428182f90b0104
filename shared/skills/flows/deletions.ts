import type { Command } from '../code/shell-words.ts';

/** Folders whose loss is a disaster: the disk, the system, a home, its main folders, the parent of the project. */
const PRECIOUS =
  /^(?:\/|\/\*|~|(?:~|\$\{?HOME\}?|%USERPROFILE%|\$env:USERPROFILE|\$HOME|\/root|\/home(?:\/[\w.$-]{1,40})?|\/Users(?:\/[\w.$-]{1,40})?)(?:[/\\](?:\*|\.\*|(?:Documents|Desktop|Downloads|Pictures|Music|Movies|Library|\.ssh|\.aws|\.gnupg|\.config|projects|src|code|work)(?:[/\\]\*?)?)?)?|\/(?:etc|usr|var|bin|sbin|lib|opt|boot|dev|sys|proc|System|Library|Applications|mnt|srv|home)(?:\/\*?)?|\.\.(?:\/\.\.){0,8}(?:\/\*?)?|[A-Za-z]:[\\/]?(?:\*|Users(?:[\\/]\*?)?|Windows(?:[\\/]\*?)?)?)$/i;
const HERE = /^(?:\*|\.|\.\/|\.\/\*|\.\*)$/;

/** `what` is the path as the text has it. */
export interface Deletion {
  readonly what: string;
  readonly severity: 'critical' | 'error';
}

/** What a command deletes although it should not. */
export function deletionOf({ name, args }: Command): Deletion | undefined {
  const plain = args.filter((arg) => !/^-/.test(arg) && !/^\/[a-z]$/i.test(arg));
  if (!deletes(name, args)) return undefined;
  const targets = name === 'find' ? plain.slice(0, 1) : plain;
  // `rm -rf ./*` in a named folder is everyday work. Without a folder nobody knows where it runs.
  const precious = targets.find((target) => PRECIOUS.test(target));
  if (precious !== undefined) return { what: precious, severity: 'critical' };
  const here = name === 'rm' ? targets.find((target) => HERE.test(target)) : undefined;
  return here === undefined ? undefined : { what: here, severity: 'error' };
}

function deletes(name: string, args: readonly string[]): boolean {
  const flags = args.filter((arg) => /^[-/]/.test(arg)).join(' ');
  switch (name) {
    case 'rm':
      return /(?:^|\s)-\w{0,8}[rR]|--recursive/.test(flags);
    case 'find':
      return (
        args.includes('-delete') ||
        (/-exec(?:dir)?$/.test(args.find((arg) => /^-exec/.test(arg)) ?? '') && args.includes('rm'))
      );
    case 'remove-item':
    case 'ri':
    case 'rimraf':
    case 'shred':
    case 'srm':
      return true;
    case 'rd':
    case 'rmdir':
    case 'del':
    case 'erase':
      return /\/s\b/i.test(args.join(' '));
    default:
      return false;
  }
}

/** The same in languages with calls: a call that deletes a folder, with a home or the root as its argument. */
export const SCRIPT_DELETION =
  /\b(?:shutil\.rmtree|rmtree|rimraf(?:\.sync)?|fs(?:\.promises)?\.(?:rm|rmdir)(?:Sync)?|rmSync|fse?\.(?:remove|emptyDir)(?:Sync)?|FileUtils\.rm_rf|os\.RemoveAll|Directory\.Delete)\s{0,2}\(\s{0,2}(?:(?:os\.path\.expanduser|pathlib\.Path|Path|path\.resolve|path\.join|str)\s{0,2}\(\s{0,2}){0,2}(?:["'](?:\/|~\/?|\/home\/?|\/root\/?|\/etc\/?|\.\.\/?|C:\\\\?)["']|(?:pathlib\.)?Path\.home\(\)|os\.homedir\(\)|homedir\(\)|os\.environ\[["']HOME["']\]|process\.env\.HOME\b|Dir\.home)\s{0,2}(?=[,)])/;
