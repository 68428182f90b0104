import * as z from 'zod/mini';
import type { PlanItem } from '../../shared/contract/plan.ts';
import { skillPage } from '../../shared/contract/registry.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { publishedFolder } from '../../shared/skills/published-folder.ts';
import type { SkillFolder } from './skill-folder.ts';

/** Fetches the reused skills whose texts a run did not bring from the registry, and writes them as they were signed. */
export async function writeReused(
  server: string,
  folder: SkillFolder,
  items: readonly PlanItem[],
  say: (line: string) => void,
): Promise<void> {
  for (const item of items)
    if (item.action === 'reuse' && !folder.wrote(item.name)) await writeOne(server, folder, item, say);
}

async function writeOne(
  server: string,
  folder: SkillFolder,
  { name, ref }: PlanItem,
  say: (line: string) => void,
): Promise<void> {
  if (!ref) return;
  const path = `${ROUTES.skill(ref.owner, ref.name)}?version=${encodeURIComponent(ref.version)}`;
  const response = await fetch(new URL(path, server), { redirect: 'error' });
  if (!response.ok)
    return say(`The plan reuses ${ref.owner}/${ref.name} ${ref.version}, which this registry does not give.`);
  const { texts } = publishedFolder(z.parse(skillPage, await response.json()));
  const isSkill = ({ path }: { readonly path: string }) => path === 'SKILL.md';
  folder.writeSkill(
    name,
    texts.find(isSkill)?.content ?? '',
    texts.filter((text) => !isSkill(text)),
  );
}
