import { readFileSync, writeFileSync } from 'node:fs';
import { readImports, TREES } from './imports.ts';
import { drawArrows, withArrows } from './picture.ts';

/** `npm run arrows`: draws the arrows between rooms into the four READMEs, from the imports as they are. */
const imports = readImports(TREES);
for (const tree of TREES) {
  const file = `${tree}/README.md`;
  writeFileSync(file, withArrows(readFileSync(file, 'utf8'), drawArrows(tree, imports)));
}
