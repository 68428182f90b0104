import type { OtherWords } from './english.ts';

const AGAIN = 'Se preguntó otra vez al modelo, sin mejor resultado.';
const REREAD = 'Léelo entero, haz que se escriba de nuevo o elige otro modelo.';
const OFF = 'Se quitó.';
const SAY_WHEN = 'Usa uno de los dos, o di cuándo vale cada uno.';
const SAY_NOT = 'Di en la descripción para qué no es.';

/** The words of `english.ts` in Spanish. */
export const SPANISH: OtherWords = {
  short: [
    'La descripción es demasiado corta para que un agente sepa cuándo cargar el skill.',
    'Nombra la tarea, los tipos de archivo y las palabras de los usuarios.',
  ],
  lines: ['El texto tiene más de {0} líneas.', 'Deja lo que el agente haría mal sin él.'],
  tokens: ['El texto ocupa más de unos 5.000 tokens de cada conversación que lo carga.', 'Acórtalo.'],
  steps: ['El texto no tiene una lista de pasos.', 'Escribe el procedimiento en pasos numerados.'],
  leftover: ['Quedó un marcador sin rellenar en el texto.', 'Rellénalo o quítalo.'],
  openFence: [
    'Un bloque de código no se cierra: todo lo que sigue es código.',
    'Ciérralo con las marcas con que empieza.',
  ],
  noFile: ['El skill remite a un archivo que no tiene.', 'Pon lo importante en el texto.'],
  syntax: ['El archivo no se puede leer en su lenguaje: {0}.', 'Repáralo o haz que se escriba de nuevo.'],
  unfinished: [`El texto no está terminado. ${AGAIN}`, REREAD],
  language: [`El texto está en otra lengua que el objetivo. ${AGAIN}`, REREAD],
  twin: [`El texto es el mismo que el de {0}. ${AGAIN}`, REREAD],
  form: [`El texto no es Markdown, sino otra forma. ${AGAIN}`, REREAD],
  praise: [`El texto se alaba o se puntúa a sí mismo, o habla a su revisor. ${AGAIN}`, REREAD],
  thoughts: [`El modelo escribió sus propios pensamientos antes del texto. ${OFF}`],
  json: [`El modelo escribió JSON alrededor del texto. ${OFF}`],
  marks: [`El modelo puso etiquetas, líneas u otras marcas alrededor del texto. ${OFF}`],
  wrapped: [`El modelo puso todo el texto en un bloque de código. ${OFF}`],
  talk: [`El modelo habló a su usuario antes o después del texto. ${OFF}`],
  matter: [`El modelo escribió un front matter antes del texto. ${OFF}`],
  copied: ['El modelo escribió dos veces el mismo texto. Se quitó uno de ellos.'],
  inner: [
    'El modelo puso bloques de código dentro de uno con marcas igual de cortas. Las de fuera se alargaron.',
  ],
  noScores: ['No hay notas: el crítico no dio ninguna. {0}', 'Haz analizar el borrador de nuevo.'],
  noRef: [
    'El plan quería reutilizar {0}, que el catálogo no tiene, así que se escribió de nuevo.',
    'Mira si un skill publicado hace lo mismo.',
  ],
  dropped: ['Se escribió una revisión y no se tomó. {0}', 'Incorpora las notas a mano, o pídelas otra vez.'],
  same: ['Su descripción dice casi lo mismo que el skill publicado {0}.', SAY_WHEN],
  sameHere: ['Su descripción dice casi lo mismo que {0} en este plan.', SAY_WHEN],
  near: ['Su descripción se parece a la del skill publicado {0}.', SAY_NOT],
  nearHere: ['Su descripción se parece a la de {0} en este plan.', SAY_NOT],
  unasked: ['Envía datos a {0}, que el objetivo no nombra.', 'Quítalo, o nombra el host en el objetivo.'],
  upload: [
    'Sube un archivo a {0}, que el objetivo no nombra.',
    'Deja el archivo aquí, o nombra el host en el objetivo.',
  ],
  anyTool: ['{0} permite cualquier orden.', 'Nombra las órdenes: Bash(git log:*).'],
};
