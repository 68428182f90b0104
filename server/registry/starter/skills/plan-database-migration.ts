import type { StarterSkill } from '../starter-skill.ts';

export const PLAN_DATABASE_MIGRATION: StarterSkill = {
  name: 'plan-database-migration',
  categories: ['development', 'operations'],
  description:
    'Plans a change to a database schema that is in use: steps that can each be undone, no long lock, old and new code side by side. Use when the user wants to rename, split, add or drop a column or table, add an index, or asks how to migrate without downtime.',
  body: `# Plan a database migration

Small steps, each of them safe while the application runs and each with its way back.

## Steps
1. Look up the size of the tables, the database's version, and how the application is released. Locks that are harmless on a thousand rows are an outage on a hundred million.
2. Write the change as expand, move, contract: add the new shape; write to both; copy what is old, in batches; read the new; stop writing the old; remove it in a later release.
3. For each step name the lock it takes, for how long, and the statement that undoes it.
4. Set a lock timeout for every statement, so that it gives up rather than queue everyone behind it.
5. Write the copy as batches by primary key that can be stopped and taken up again.
6. Name the check that shows each step is done, as a query with the number it must give.

## Gotchas
- An index without CONCURRENTLY locks writes in PostgreSQL; one with it cannot run in a transaction.
- A column with a default that is computed rewrites the table.
- Old processes still run while new ones start: both have to work on every state between.
- Dropping a column cannot be undone. It waits for a backup that somebody has restored once.

## Output
A table of steps: statement, lock, check, undo; and the release each belongs to.

## Check before you finish
- [ ] After every step both the old and the new code work.
- [ ] Every step but the last has an undo.
`,
};
