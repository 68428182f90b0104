import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { launch } from '../e2e/browser.ts';
import { openLab } from '../e2e/lab.ts';
import { PHONE } from '../e2e/page.ts';
import { STATES, type Stage, signUp } from './states.ts';

/**
 * `npm run shots`: pictures of the page's main states, each at two widths, light and dark, into `shots/`, for whoever changes how
 * the page looks. `-- --only done,key` takes some of them; `--size 320x700` another size; `--forced` forced colours.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    size: { type: 'string', multiple: true },
    forced: { type: 'boolean', default: false },
    out: { type: 'string', default: fileURLToPath(new URL('../../shots', import.meta.url)) },
  },
});
const names = values.only?.split(',') ?? STATES.map(({ name }) => name);
const unknown = names.find((name) => !STATES.some((state) => state.name === name));
if (unknown !== undefined) {
  console.error(`There is no state ${unknown}. There are: ${STATES.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}
const sizes = (values.size ?? ['1280x900', '390x844']).map((size) => {
  const [width = 0, height = 0] = size.split('x').map(Number);
  return { width, height };
});

await mkdir(values.out, { recursive: true });
const lab = await openLab();
const browser = await launch();
try {
  const account = await signUp(browser, lab.url);
  for (const { name, open } of STATES) {
    if (!names.includes(name)) continue;
    for (const viewport of sizes) await shoot({ browser, lab, account }, { name, open, viewport });
  }
} finally {
  await browser.close();
  await lab.close();
}

interface Shot {
  readonly name: string;
  readonly open: (stage: Stage) => Promise<void>;
  readonly viewport: { readonly width: number; readonly height: number };
}

async function shoot(
  parts: { readonly browser: Browser } & Omit<Stage, 'page' | 'phone'>,
  { name, open, viewport }: Shot,
): Promise<void> {
  const phone = viewport.width < 600;
  const context = await parts.browser.newContext({
    ...(phone ? PHONE : {}),
    viewport,
    storageState: parts.account,
    reducedMotion: 'reduce',
    ...(values.forced ? { forcedColors: 'active' } : {}),
  });
  const page = await context.newPage();
  await open({ ...parts, page, phone });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const path = join(values.out, `${name}-${viewport.width}-${colorScheme}.png`);
    await page.screenshot({ path, fullPage: true, caret: 'hide' });
    console.log(path);
  }
  parts.lab.sandbox.script([]);
  await context.close();
}
