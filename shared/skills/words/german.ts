import type { OtherWords } from './english.ts';

const AGAIN = 'Das Modell wurde noch einmal gefragt, ohne Erfolg.';
const REREAD = 'Lies ihn durch, lass ihn neu schreiben oder wähle ein anderes Modell.';
const OFF = 'Das wurde entfernt.';
const SAY_WHEN = 'Nimm einen der beiden, oder sag, wann welcher gilt.';
const SAY_NOT = 'Sag in der Beschreibung, wofür er nicht ist.';

/** The words of `english.ts` in German. */
export const GERMAN: OtherWords = {
  short: [
    'Die Beschreibung ist zu kurz: Ein Agent weiß nicht, wann er den Skill laden soll.',
    'Nenne die Aufgabe, die Dateiarten und die Worte, die Nutzer verwenden.',
  ],
  lines: ['Der Text hat mehr als {0} Zeilen.', 'Behalte, was der Agent ohne ihn falsch machen würde.'],
  tokens: ['Der Text nimmt jedem Gespräch, das ihn lädt, mehr als etwa 5.000 Token.', 'Kürze ihn.'],
  steps: ['Der Text hat keine Liste von Schritten.', 'Schreib das Vorgehen als nummerierte Schritte.'],
  leftover: ['Im Text blieb ein Platzhalter stehen.', 'Füll ihn aus oder entferne ihn.'],
  openFence: [
    'Ein Codeblock endet nicht, sodass alles danach Code ist.',
    'Schließ ihn mit den Zeichen, mit denen er beginnt.',
  ],
  noFile: ['Der Skill verweist auf eine Datei, die er nicht hat.', 'Nimm das Wichtige in den Text auf.'],
  syntax: ['Die Datei ist in ihrer Sprache nicht lesbar: {0}.', 'Repariere sie oder lass sie neu schreiben.'],
  unfinished: [`Der Text ist nicht fertig. ${AGAIN}`, REREAD],
  language: [`Der Text ist in einer anderen Sprache als das Ziel. ${AGAIN}`, REREAD],
  twin: [`Der Text ist derselbe wie der von {0}. ${AGAIN}`, REREAD],
  form: [`Der Text ist kein Markdown, sondern eine andere Form. ${AGAIN}`, REREAD],
  praise: [`Der Text lobt oder benotet sich selbst oder spricht zu seinem Prüfer. ${AGAIN}`, REREAD],
  thoughts: [`Das Modell schrieb eigene Gedanken vor den Text. ${OFF}`],
  json: [`Das Modell schrieb JSON um den Text. ${OFF}`],
  marks: [`Das Modell schrieb Tags, Linien oder andere Zeichen um den ganzen Text. ${OFF}`],
  wrapped: [`Das Modell setzte den ganzen Text in einen Codeblock. ${OFF}`],
  talk: [`Das Modell schrieb vor oder nach dem Text Worte an seinen Nutzer. ${OFF}`],
  matter: [`Das Modell schrieb Front Matter vor den Text. ${OFF}`],
  copied: ['Das Modell schrieb denselben Text zweimal. Einer davon wurde entfernt.'],
  inner: ['Das Modell setzte Codeblöcke in einen mit gleich kurzen Zeichen. Die äußeren wurden verlängert.'],
  noScores: ['Es gibt keine Noten: Der Prüfer gab keine. {0}', 'Lass den Entwurf noch einmal prüfen.'],
  noRef: [
    'Der Plan wollte {0} wiederverwenden; der Katalog hat es nicht, darum wurde neu geschrieben.',
    'Sieh nach, ob ein veröffentlichter Skill dasselbe tut.',
  ],
  dropped: [
    'Eine Überarbeitung wurde geschrieben und nicht übernommen. {0}',
    'Arbeite die Anmerkungen von Hand ein, oder bitte noch einmal darum.',
  ],
  same: ['Seine Beschreibung sagt fast dasselbe wie der veröffentlichte Skill {0}.', SAY_WHEN],
  sameHere: ['Seine Beschreibung sagt fast dasselbe wie {0} in diesem Plan.', SAY_WHEN],
  near: ['Seine Beschreibung ist nah am veröffentlichten Skill {0}.', SAY_NOT],
  nearHere: ['Seine Beschreibung ist nah an {0} in diesem Plan.', SAY_NOT],
  unasked: ['Er sendet Daten an {0}, das das Ziel nicht nennt.', 'Lass es weg, oder nenne den Host im Ziel.'],
  upload: [
    'Er lädt eine Datei nach {0} hoch, das das Ziel nicht nennt.',
    'Behalte die Datei hier, oder nenne den Host im Ziel.',
  ],
  anyTool: ['{0} erlaubt jeden Befehl.', 'Nenne die Befehle: Bash(git log:*).'],
};
