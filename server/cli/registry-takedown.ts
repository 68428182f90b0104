import { parseArgs } from 'node:util';
import { takeDown } from '../registry/curation/take-down.ts';
import { withStorage } from './operator-storage.ts';

const USAGE = `npm run registry:takedown -- OWNER/NAME --reason TEXT [--version 1.0.0] [--bundle]
npm run registry:takedown -- OWNER/NAME --undo [--version 1.0.0] [--bundle]

Stops serving a skill, or with --bundle a bundle and the skills that came with it: search, indexes, archives and pages. Everybody reads the
reason. Without --version all that are published now.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    reason: { type: 'string' },
    version: { type: 'string' },
    bundle: { type: 'boolean', default: false },
    undo: { type: 'boolean', default: false },
  },
});
const [, owner, name] = /^([a-z0-9-]+)\/([a-z0-9-]+)$/.exec(positionals[0] ?? '') ?? [];
const reason = values.reason?.trim();

if (!owner || !name || (values.undo ? reason !== undefined : !reason || reason.length > 500)) {
  console.error(USAGE);
  process.exit(2);
}
const target = { kind: values.bundle ? 'bundle' : 'skill', owner, name, version: values.version } as const;
const versions = await withStorage((_, audit) =>
  takeDown(audit, target, values.undo ? null : (reason ?? '')),
);
if (versions.length === 0) {
  console.error(`There is no such ${target.kind} here.`);
  process.exitCode = 1;
} else console.log(`${values.undo ? 'Served again' : 'Taken down'}: ${owner}/${name} ${versions.join(', ')}`);
