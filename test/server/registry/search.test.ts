import { beforeAll, expect, it, test } from 'vitest';
import { wordsOf } from '../../../server/registry/search.ts';
import { bundlePage } from '../../../shared/contract/registry.ts';
import { writeSkill } from '../../../shared/skills/write-skill.ts';
import { Client } from '../accounts/accounts-app.ts';
import { testStorage } from '../database.ts';
import { publishAs, signUpAuthor, testRegistry } from './registry-app.ts';

const { app } = testRegistry(await testStorage());
const stranger = new Client(app);

const SKILLS: Readonly<Record<string, string>> = {
  'profile-csv':
    'Profiles a CSV file before it is imported: types, gaps, odd values. Use before loading data into a table.',
  'write-release-notes':
    'Turns merged pull requests into release notes. Use when somebody asks what changed this week.',
  'check-invoices': 'Compares invoices with purchase orders. Use when a bill arrives, before it is paid.',
  'speisekarte-uebersetzen': 'Übersetzt die Speisekarte ins Englische. Nutzen, wenn sich die Karte ändert.',
  'jp-menu': '日本語のメニューを英語に翻訳する。メニューが変わったときに使う。',
  'plan-garden': 'Plans beds and sowing dates of a kitchen garden. Use in early spring.',
};

beforeAll(async () => {
  const ada = await signUpAuthor(app, 'ada');
  for (const [name, description] of Object.entries(SKILLS)) {
    const content = writeSkill({ name, description, license: 'MIT' }, `# ${name}\n\n1. Read the input.\n`);
    await publishAs(ada, { name, skills: { [name]: [{ path: 'SKILL.md', content }] } });
  }
});

async function found(q: string): Promise<readonly string[]> {
  const { json } = await stranger.send('GET', `/v1/bundles?q=${encodeURIComponent(q)}`);
  return bundlePage.parse(json).bundles.map(({ name }) => name);
}

it.each([
  ['csv', 'profile-csv'],
  ['by the beginning of a word', 'rele', 'write-release-notes'],
  ['by its stem', 'invoicing', 'check-invoices'],
  ['spelled wrongly', 'invoces', 'check-invoices'],
  ['spelled wrongly in its name', 'realease nots', 'write-release-notes'],
  ['in the midst of a word', 'karte', 'speisekarte-uebersetzen'],
  ['in German', 'Speisekarte übersetzen', 'speisekarte-uebersetzen'],
  ['in Japanese', 'メニュー', 'jp-menu'],
  [
    'a whole goal',
    'Please look at the CSV files of our customers before we import them into the table',
    'profile-csv',
  ],
  ['another goal', 'what should we sow in the garden in spring?', 'plan-garden'],
])('finds %s first', async (...row) => {
  const [q = '', name] = row.slice(-2);
  expect((await found(q))[0]).toBe(name);
});

it('finds nothing for what nobody published, and all for no words', async () => {
  expect(await found('quantum chromodynamics')).toEqual([]);
  expect(await found('!!! %%% ___')).toHaveLength(Object.keys(SKILLS).length);
  expect((await found('')).toSorted()).toEqual(Object.keys(SKILLS).toSorted());
});

it.each(["'", "a' | b", 'x:*', '\\', '%', '((', 'a & !b', 'x'.repeat(200)])('takes %j as text', async (q) => {
  const { status } = await stranger.send('GET', `/v1/bundles?q=${encodeURIComponent(q)}`);
  expect(status).toBe(200);
});

test('words are letters and digits, each once', () => {
  expect(wordsOf("It's a CSV, the csv -- über_x!")).toEqual(['it', 'a', 'csv', 'the', 'über', 'x']);
  expect(wordsOf('a '.repeat(500))).toEqual(['a']);
});
