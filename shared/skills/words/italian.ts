import type { OtherWords } from './english.ts';

const AGAIN = 'Il modello è stato interrogato di nuovo, senza miglioramenti.';
const REREAD = 'Rileggilo, fallo riscrivere o scegli un altro modello.';
const OFF = 'È stato tolto.';
const SAY_WHEN = 'Usa uno dei due, o scrivi quando vale ciascuno.';
const SAY_NOT = 'Scrivi nella descrizione per che cosa non serve.';

/** The words of `english.ts` in Italian. */
export const ITALIAN: OtherWords = {
  short: [
    'La descrizione è troppo corta perché un agente sappia quando caricare lo skill.',
    'Nomina il compito, i tipi di file e le parole degli utenti.',
  ],
  lines: ['Il testo ha più di {0} righe.', 'Tieni ciò che l’agente sbaglierebbe senza.'],
  tokens: ['Il testo occupa più di circa 5.000 token di ogni conversazione che lo carica.', 'Accorcialo.'],
  steps: ['Il testo non ha un elenco di passi.', 'Scrivi la procedura in passi numerati.'],
  leftover: ['Nel testo è rimasto un segnaposto.', 'Riempilo o toglilo.'],
  openFence: [
    'Un blocco di codice non è chiuso: tutto ciò che segue è codice.',
    'Chiudilo con i segni con cui comincia.',
  ],
  noFile: ['Lo skill rimanda a un file che non ha.', 'Metti l’essenziale nel testo.'],
  syntax: ['Il file non si legge nel suo linguaggio: {0}.', 'Correggilo o fallo riscrivere.'],
  unfinished: [`Il testo non è finito. ${AGAIN}`, REREAD],
  language: [`Il testo è in una lingua diversa da quella dell’obiettivo. ${AGAIN}`, REREAD],
  twin: [`Il testo è lo stesso di {0}. ${AGAIN}`, REREAD],
  form: [`Il testo non è Markdown, ma un’altra forma. ${AGAIN}`, REREAD],
  praise: [`Il testo si loda o si dà un voto, o parla al suo revisore. ${AGAIN}`, REREAD],
  thoughts: [`Il modello ha scritto i propri pensieri prima del testo. ${OFF}`],
  json: [`Il modello ha scritto JSON attorno al testo. ${OFF}`],
  marks: [`Il modello ha messo tag, righe o altri segni attorno al testo. ${OFF}`],
  wrapped: [`Il modello ha messo tutto il testo in un blocco di codice. ${OFF}`],
  talk: [`Il modello ha parlato all’utente prima o dopo il testo. ${OFF}`],
  matter: [`Il modello ha scritto un front matter prima del testo. ${OFF}`],
  copied: ['Il modello ha scritto due volte lo stesso testo. Uno dei due è stato tolto.'],
  inner: [
    'Il modello ha messo blocchi di codice in uno dai segni altrettanto corti. Quelli esterni sono stati allungati.',
  ],
  noScores: ['Non ci sono voti: il critico non ne ha dati. {0}', 'Fai analizzare di nuovo la bozza.'],
  noRef: [
    'Il piano voleva riusare {0}, che il catalogo non ha; perciò è stato scritto da capo.',
    'Guarda se uno skill pubblicato fa lo stesso.',
  ],
  dropped: [
    'Una revisione è stata scritta e non è stata presa. {0}',
    'Inserisci le note a mano, o chiedile di nuovo.',
  ],
  same: ['La sua descrizione dice quasi lo stesso dello skill pubblicato {0}.', SAY_WHEN],
  sameHere: ['La sua descrizione dice quasi lo stesso di {0} in questo piano.', SAY_WHEN],
  near: ['La sua descrizione è vicina allo skill pubblicato {0}.', SAY_NOT],
  nearHere: ['La sua descrizione è vicina a {0} in questo piano.', SAY_NOT],
  unasked: ['Invia dati a {0}, che l’obiettivo non nomina.', 'Toglilo, o nomina l’host nell’obiettivo.'],
  upload: [
    'Carica un file su {0}, che l’obiettivo non nomina.',
    'Tieni qui il file, o nomina l’host nell’obiettivo.',
  ],
  anyTool: ['{0} permette ogni comando.', 'Nomina i comandi: Bash(git log:*).'],
};
