import { readFileSync } from 'node:fs';
import { inOrder } from './circles.ts';
import { arrowsOf, type Import, type Tree } from './imports.ts';

const BLOCK = /(<!-- arrows: npm run arrows -->\n```text\n)([\s\S]*?)(```\n)/;

/** One line a room, in an order in which every arrow points down: `byo -> keys runs providers`. */
export function drawArrows(tree: Tree, imports: readonly Import[]): string {
  const arrows = arrowsOf(tree, imports);
  const width = Math.max(...[...arrows.keys()].map((room) => room.length));
  return inOrder(arrows)
    .map((room) => {
      const targets = arrows.get(room) ?? [];
      return targets.length > 0 ? `${room.padEnd(width)} -> ${targets.join(' ')}\n` : `${room}\n`;
    })
    .join('');
}

/** What the README of a tree draws. Throws where it has no such block. */
export function drawnArrows(tree: Tree): string {
  const drawn = BLOCK.exec(readFileSync(`${tree}/README.md`, 'utf8'))?.[2];
  if (drawn === undefined)
    throw new Error(`${tree}/README.md has no block of arrows. Copy one from another README.`);
  return drawn;
}

export function withArrows(readme: string, picture: string): string {
  return readme.replace(BLOCK, (_, before: string, __, after: string) => before + picture + after);
}
