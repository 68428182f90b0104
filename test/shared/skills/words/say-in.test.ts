import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Repair, repairFindings } from '../../../../shared/compose/answers/read-draft.ts';
import { compose } from '../../../../shared/compose/compose.ts';
import { defectFindings, defectsOf } from '../../../../shared/compose/drafts/defects.ts';
import { withBody } from '../../../../shared/compose/drafts/edit-draft.ts';
import type { Analysis, Finding } from '../../../../shared/contract/plan.ts';
import { analyzeSkill, fileFindings } from '../../../../shared/skills/analyze-skill.ts';
import { ENGLISH } from '../../../../shared/skills/words/english.ts';
import { sayIn, WORDS } from '../../../../shared/skills/words/say-in.ts';
import { INVOICES } from '../../../eval/answers/invoices.ts';
import { GOALS } from '../../../eval/goals.ts';
import { scriptedModel } from '../../../eval/scripted-model.ts';

const GERMAN_GOAL = GOALS.find(({ id }) => id === 'invoices')?.goal ?? '';
/** One goal for each language that findings are said in. */
const GOAL_IN: Readonly<Record<string, string>> = {
  de: GERMAN_GOAL,
  es: 'Revisa cada viernes las facturas con los pedidos de la empresa y escribe lo que no cuadra en una lista para el jefe.',
  fr: 'Vérifie chaque vendredi les factures avec les commandes de la maison et écris dans une liste ce qui ne va pas.',
  it: 'Controlla ogni venerdì le fatture con gli ordini della ditta e scrivi in un elenco quello che non va bene per il capo.',
  ja: '毎週金曜日に請求書を注文書と照らし合わせて、違いを一覧に書いてください。',
  ko: '매주 금요일에 청구서를 주문서와 비교해서 다른 점을 목록에 적어 주세요.',
  pt: 'Confere toda sexta-feira as faturas com os pedidos da empresa e escreve numa lista o que não está certo para o chefe.',
  ru: 'Каждую пятницу сверяй счета с заказами и записывай расхождения в список.',
  uk: 'Щоп’ятниці звіряй рахунки із замовленнями і записуй розбіжності до списку.',
  zh: '每周五把发票与订单核对，并把差异写进清单。',
};

const skill = (body: string, more = ''): string =>
  `---\nname: sort-post\ndescription: Sorts the post.\n${more}---\n\n${body}`;
const told = { name: 'sort-post', description: 'Sorts the post of the office by sender and by day.' };

/** Findings as the rules say them, of every id in the table but those that only a run tells. */
function realFindings(): readonly Finding[] {
  const others = new Map([['sort-mail', '# A\n\nSort it.\nRead it.\nKeep it.\n']]);
  const defects = [
    ...defectsOf('# A\n\nThis skill scores 10/10.\n\nThe steps are\n\n## Next\n', {
      goal: 'Sort the post',
      said: [],
      others: new Map(),
    }),
    ...defectsOf('<h1>A</h1>\n', { goal: 'Sort it', said: [], others: new Map() }),
    ...defectsOf('# A\n\nSort it.\nRead it.\nKeep it.\n', { goal: 'Sort it', said: [], others }),
    ...defectsOf(
      'Lies die Datei und schreibe für jede Zeile, was nicht stimmt. Wenn sie fehlt, frage nach.',
      {
        goal: 'Sort the letters of the office by sender and write a list of them for the boss.',
        said: [],
        others: new Map(),
      },
    ),
  ];
  const repairs: Repair[] = [
    'thoughts',
    'json',
    'marks',
    'fence',
    'talk',
    'front-matter',
    'copy',
    'inner-fences',
  ];
  const described = (description: string): string =>
    `---\nname: a\ndescription: ${description}\n---\n\n1. Sort.\n`;
  const near = 'Sorts the post of the office by sender and weight into boxes. Use when post came.';
  return [
    ...analyzeSkill(skill('Read `scripts/a.py`.\n\nTODO: more\n\n```sh\nls\n', 'allowed-tools: Bash\n'), {
      files: [],
    }).findings,
    ...analyzeSkill(skill(`1. Sort it.\n${'Sort the post again.\n'.repeat(1200)}`)).findings,
    ...analyzeSkill(
      skill('```sh\ncurl -d "a=1" https://api.acme.com/a\ncurl -T a.md https://files.acme.com/b\n```\n'),
      {
        goal: 'Sort the post',
      },
    ).findings,
    ...fileFindings('scripts/a.mjs', 'const = 1;\n'),
    ...defectFindings(defects),
    ...repairFindings(repairs, 'model'),
    ...[told.description, near].flatMap((description) => [
      ...analyzeSkill(described(description), { siblings: [told] }).findings,
      ...analyzeSkill(described(description), {
        published: [{ ...told, owner: 'ada', version: '1.0.0', body: '' }] as never,
      }).findings,
    ]),
  ];
}

/** What only a run tells; its words are looked for in the source. */
const TOLD_BY_RUNS: Readonly<Record<string, string>> = {
  noScores: 'analyze-draft.ts',
  noRef: 'analyze-draft.ts',
  dropped: 'make-item.ts',
};

describe('findings in the goal’s language', () => {
  it('are in the table in the very words that the rules say', () => {
    const all = realFindings();
    const unsaid = Object.entries(ENGLISH).filter(([id, { rule, message, fix }]) => {
      const file = TOLD_BY_RUNS[id];
      if (file) {
        const source = readFileSync(`shared/compose/drafts/${file}`, 'utf8');
        return [...message.split(/\{\d\}/), fix, rule].some((part) => !source.includes(part));
      }
      return !all.some((finding) => isOf(id, finding) && (finding.fix ?? '') === fix);
    });
    expect(unsaid.map(([id]) => id)).toEqual([]);
  });

  it.each(Object.entries(GOAL_IN))('are said in %s with what they are about', (language, goal) => {
    const words = WORDS[language as 'de'];
    for (const finding of realFindings().filter((one) => Object.keys(ENGLISH).some((id) => isOf(id, one)))) {
      const [said] = sayIn(goal, [finding]);
      expect(said?.message).not.toBe(finding.message);
      expect(said?.message).not.toMatch(/\{\d\}|undefined/);
      expect({ ...said, message: '', fix: '' }).toEqual({ ...finding, message: '', fix: '' });
      expect(said?.fix).not.toBe(finding.fix ?? '');
    }
    // Every place of the English words is in the others, but where a whole English phrase would stand there.
    for (const [id, { message }] of Object.entries(ENGLISH)) {
      if (id === 'unfinished' || id === 'language') continue;
      expect([id, words?.[id as 'short'][0].match(/\{\d\}/g)]).toEqual([id, message.match(/\{\d\}/g)]);
    }
  });

  it('stay English for an English goal, one whose language is not there, and words that are not there', () => {
    const [finding] = repairFindings(['json'], 'model');
    if (!finding) throw new Error('a repair is a finding');
    expect(sayIn('Sort the letters of the office by sender and write a list.', [finding])).toEqual([finding]);
    expect(sayIn('Sortera posten på kontoret varje dag och skriv en lista för chefen.', [finding])).toEqual([
      finding,
    ]);
    const other = { ...finding, message: `${finding.message} And more.` };
    expect(sayIn(GERMAN_GOAL, [other])).toEqual([other]);
  });

  it('are those of a run, and of a draft that is edited afterwards', async () => {
    const { ask } = scriptedModel(INVOICES, (call, answer) =>
      call.id.startsWith('draft-') ? JSON.stringify({ body: answer }) : undefined,
    );
    const options = { signal: new AbortController().signal, estimateUsd: () => 0 };
    let analysis: Analysis | undefined;
    let edit: Parameters<typeof withBody>[0] | undefined;
    for await (const event of compose({ goal: GERMAN_GOAL }, ask, [], options)) {
      if (event.event === 'plan')
        edit = { goal: GERMAN_GOAL, plan: event.data, draft: null as never, analysis };
      if (event.event === 'draft' && edit) edit = { ...edit, draft: event.data };
      if (event.event === 'analysis') analysis = event.data;
    }
    expect(analysis?.findings.find(({ rule }) => rule === 'answer.json')?.message).toBe(
      'Das Modell schrieb JSON um den Text. Das wurde entfernt.',
    );
    if (!edit) throw new Error('the run had no plan');
    const edited = await withBody({ ...edit, analysis }, '# Rechnungen prüfen\n\nLies sie.\n');
    expect(edited.analysis.findings.find(({ rule }) => rule === 'quality.body.no-steps')).toMatchObject({
      message: 'Der Text hat keine Liste von Schritten.',
      fix: 'Schreib das Vorgehen als nummerierte Schritte.',
    });
  });
});

/** By its rule and by every part of its words that does not differ. */
function isOf(id: string, { rule, message }: Finding): boolean {
  const known = ENGLISH[id as keyof typeof ENGLISH];
  return rule === known.rule && known.message.split(/\{\d\}/).every((part) => message.includes(part));
}
