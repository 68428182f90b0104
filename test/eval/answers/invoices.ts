import type { Answers } from '../written-answers.ts';

const BODY = `# Rechnungen prüfen

Vergleicht jede Rechnung mit ihrer Bestellung und schreibt, was nicht passt. Bezahlt wird nie etwas.

## Schritte
1. Lies rechnungen/*.pdf, die neuer sind als der letzte Abschnitt in abweichungen.md. Nimm Nummer, Bestellnummer und Betrag.
2. Suche die Bestellnummer in bestellungen.csv. Fehlt sie, ist das eine Abweichung.
3. Rechne die Abweichung als Anteil des bestellten Betrags. Über 2 % kommt sie in die Liste, darunter nicht.
4. Schreibe einen Abschnitt mit dem Datum nach abweichungen.md und nenne dem Nutzer, wie viele es sind.

## Stolperstellen
- Ein Komma ist hier das Zeichen vor den Cent, ein Punkt trennt Tausender.
- Eine Rechnung kann mehrere Bestellungen haben: dann zählt die Summe.

## Ergebnis
\`\`\`markdown
## Freitag, 6. März
- R-1042 zu B-77: bestellt 500,00, berechnet 530,00, 6 % zu viel
\`\`\`

## Prüfung
- [ ] Jede neue Rechnung steht in der Liste oder liegt unter 2 %.
Stimmt etwas nicht, rechne diese Rechnung neu.
`;

export const INVOICES: Answers = {
  classification: {
    kind: 'single',
    reason: '',
    summary: 'Rechnungen jeden Freitag gegen die Bestellungen prüfen',
    capabilities: [{ id: 'c1', need: 'Rechnungen gegen bestellungen.csv prüfen, ab 2 % melden' }],
    constraints: ['Bezahlt wird nie etwas'],
    assumptions: [],
  },
  plan: {
    title: 'Rechnungen',
    items: [
      {
        action: 'create',
        name: 'rechnungen-pruefen',
        description:
          'Prüft Rechnungen gegen bestellungen.csv und schreibt Abweichungen über 2 % auf. Verwenden, wenn Rechnungen geprüft werden sollen.',
        covers: ['c1'],
        reason: 'Eine Arbeit, ein Anlass.',
        outline: ['Zuordnung', 'Schwelle', 'Ergebnis'],
        allowedTools: ['Read', 'Write'],
        ref: null,
      },
    ],
    uncovered: [],
  },
  drafts: { 'rechnungen-pruefen': BODY },
};
