import { parseMarkdown } from '../../../web/markdown/parse-markdown.ts';
import { repeatedTexts } from '../../texts/repeated.ts';

/**
 * Parses every repeated text of 20 kB in a process of its own, which can be stopped from outside, and prints those that cost more
 * than a second of processor time, however often they are tried: ten times what the worst one needs.
 */
const CHARS = 20_000;
const TOO_MUCH_MS = 1_000;
const TRIES = 3;

const slow = [...repeatedTexts(CHARS)].filter(([, text]) => {
  for (let tries = 0; tries < TRIES; tries++) {
    const before = process.cpuUsage();
    parseMarkdown(text);
    if (process.cpuUsage(before).user / 1000 < TOO_MUCH_MS) return false;
  }
  return true;
});
process.stdout.write(JSON.stringify(slow.map(([name]) => name)));
