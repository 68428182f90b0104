type Reasons = Readonly<Record<string, string>>;

/** Over 250 lines. */
export const LONG_FILES: Reasons = {};

/** Under ten lines, and better alone than in a neighbour. */
export const SHORT_FILES: Reasons = {
  'server/keys/secret-buffer.ts': 'the only way to a Buffer for a key',
  'server/registry/starter/starter-skill.ts': 'a type that all skills of the catalogue share',
  'server/storage/migrations/0010-shelves.ts': 'a migration; never edited once it ran',
  'server/storage/migrations/0017-workspace-life.ts': 'a migration; never edited once it ran',
  'server/providers/connect/proxy-from-env.d.ts': 'the types of a package that has none',
  'shared/contract/phase.ts': 'where a phase is added',
  'shared/sealing/secret-bytes.ts': 'the only way to memory for a key',
  'shared/skills/published-skill.ts': 'a type that engine, plans and registry share',
  'web/run/draft/load-edit-draft.ts': 'where a chunk of the page begins',
};

/** 25 files or more. */
export const LARGE_FOLDERS: Reasons = {};

/** Over 60 lines, in a component over 90. */
export const LONG_FUNCTIONS: Reasons = {
  'server/storage/migrations/0001-accounts.ts up': 'statements in their order; never edited once they ran',
  'server/storage/migrations/0006-registry.ts up': 'statements in their order; never edited once they ran',
  'server/storage/migrations/0013-vault.ts up': 'statements in their order; never edited once they ran',
};

/** Five values or more by their place. */
export const MANY_ARGUMENTS: Reasons = {
  'server/keys/scrub-stack.ts descend': 'its arguments are what overwrites the stack',
};
