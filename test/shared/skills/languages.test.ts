import { describe, expect, it } from 'vitest';
import { defectsOf } from '../../../shared/compose/drafts/defects.ts';
import { skillName } from '../../../shared/compose/plan/skill-name.ts';
import { analyzeSkill } from '../../../shared/skills/analyze-skill.ts';
import { writeSkill } from '../../../shared/skills/write-skill.ts';

/** Goals with a description and a body as a model writes them, and the skill's name from the goal's words. */
const CASES = [
  {
    language: 'German',
    goal: 'Prüfe jede Woche die Rechnungen aus dem Ordner eingang und schreibe eine Liste der Abweichungen.',
    description:
      'Prüft die Rechnungen im Ordner eingang gegen die Bestellungen und schreibt eine Liste der Abweichungen. Einsetzen, wenn neue Rechnungen da sind oder jemand nach Abweichungen fragt.',
    body: '# Rechnungen prüfen\n\n1. Öffne den Ordner eingang und lies jede Rechnung der Woche.\n2. Vergleiche die Summe mit der Bestellung. Wenn sie nicht passt, schreibe eine Zeile in die Liste.\n3. Frage den Nutzer, bevor du etwas verschickst.\n\n- Die Liste hat für jede Abweichung eine Zeile.\n',
    given: 'Rechnungen prüfen: Größe',
    name: 'rechnungen-prufen-grosse',
  },
  {
    language: 'Polish',
    goal: 'Co tydzień sprawdzaj faktury z katalogu nowe i wypisz, które nie zgadzają się z zamówieniem.',
    description:
      'Sprawdza, czy faktury z katalogu nowe zgadzają się z zamówieniem, i wypisuje to, co jest inne. Stosować, gdy przyszły nowe faktury, by nie płacić dwa razy.',
    body: '# Sprawdź faktury\n\n1. Otwórz katalog nowe i przeczytaj każdą fakturę z tego tygodnia.\n2. Porównaj kwotę z zamówieniem. Jeśli się nie zgadza, dopisz wiersz do listy.\n3. Zapytaj użytkownika, zanim coś wyślesz.\n\n- Lista ma jeden wiersz dla każdej różnicy.\n',
    given: 'Sprawdź łącznie żółte',
    name: 'sprawdz-lacznie-zolte',
  },
  {
    language: 'Japanese',
    goal: '毎週 invoices フォルダーの PDF を確認して、orders と合わないものの一覧を作る。',
    description:
      '毎週、invoices フォルダーの請求書を注文と照らし合わせ、合わないものを一覧にする。新しい請求書が届いたとき、または差異を聞かれたときに使う。',
    body: '# 請求書の確認\n\n1. invoices フォルダーを開き、今週の請求書をすべて読む。\n2. 金額を注文と比べる。合わない場合は一覧に一行を加える。\n3. 送る前に必ず利用者に確認する。\n\n- 一覧には差異ごとに一行がある。\n',
    given: '請求書確認',
    name: 'invoices-pdf-orders',
  },
] as const;
const ENGLISH_BODY =
  '# Check the invoices\n\n1. Open the folder and read each of the invoices of this week.\n2. Compare the total with the order. If it is not the same, write a line into the list.\n3. Ask the user before you send it to anybody.\n';

describe.each(CASES)('a skill in $language', ({ goal, description, body, given, name }) => {
  it('has no finding that is about English wording', () => {
    const text = writeSkill({ name: 'check-invoices', description }, body);
    expect(analyzeSkill(text, { goal, files: [] })).toMatchObject({ verdict: 'pass', findings: [] });
  });

  it('is held against the language of its goal', () => {
    const world = { goal, said: [], others: new Map<string, string>() };
    expect(defectsOf(body, world)).toEqual([]);
    expect(defectsOf(ENGLISH_BODY, world).map(({ rule }) => rule)).toEqual(['draft.language']);
    const english = {
      ...world,
      goal: 'Check the invoices of each week and write a list of what is not right.',
    };
    expect(defectsOf(body, english).map(({ rule }) => rule)).toEqual(['draft.language']);
  });

  it('has a name of letters that clients take', () => {
    expect(skillName(given, [goal])).toBe(name);
  });
});

const rulesOf = (description: string): readonly string[] =>
  analyzeSkill(writeSkill({ name: 'check-invoices', description }, '# Check\n\n1. Do it.\n'))
    .findings.map(({ rule }) => rule)
    .filter((rule) => rule.startsWith('quality.description.'));

describe('the wording of a description', () => {
  it.each([
    ['Polish', 'Zbiera faktury z katalogu. To jest lista dla księgowości, by nikt nie płacił dwa razy.'],
    ['Dutch', 'Controleert de facturen van de week of van de maand en maakt een lijst voor de boekhouding.'],
    ['Danish', 'Samler fakturaer for hver uge og skriver en liste til bogholderiet, som ikke er sendt.'],
    ['Swedish', 'Skriver en lista för varje by och skickar inte något till den som är borta.'],
    ['French', 'Contrôle le prix de l’or dans les factures du mois et écrit une liste pour la comptable.'],
    [
      'Italian',
      'I file CSV della settimana sono letti e uniti in una lista per il contabile, non in ordine.',
    ],
    ['Spanish', 'Revisa las facturas de la semana y escribe una lista con los errores para el contable.'],
    ['Chinese', '每周检查文件夹里的发票，与订单核对，把不一致的写成一张清单，有新发票时使用。'],
    ['Russian', 'Сверяет счета из папки с заказами и пишет список расхождений для бухгалтерии.'],
  ])('in %s is not judged by English words', (_language, description) => {
    expect(rulesOf(description)).toEqual([]);
  });

  it.each([
    ['Checks the invoices of each week and writes a list of what is not right.', 'no-trigger'],
    ['Collects invoices from folders, with totals, sorted, deduplicated.', 'no-trigger'],
    ['I can check invoices. Use when the user has new invoices in the folder.', 'person'],
  ])('in English is: %s', (description, rule) => {
    expect(rulesOf(description)).toEqual([`quality.description.${rule}`]);
  });
});
