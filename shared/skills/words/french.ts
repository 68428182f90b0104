import type { OtherWords } from './english.ts';

const AGAIN = 'Le modèle a été sollicité de nouveau, sans succès.';
const REREAD = 'Relisez-le, faites-le réécrire ou choisissez un autre modèle.';
const OFF = 'Cela a été retiré.';
const SAY_WHEN = 'Gardez l’un des deux, ou dites quand chacun s’applique.';
const SAY_NOT = 'Dites dans la description à quoi il ne sert pas.';

/** The words of `english.ts` in French. */
export const FRENCH: OtherWords = {
  short: [
    'La description est trop courte pour qu’un agent sache quand charger le skill.',
    'Nommez la tâche, les types de fichiers et les mots des utilisateurs.',
  ],
  lines: ['Le texte a plus de {0} lignes.', 'Gardez ce que l’agent ferait mal sans lui.'],
  tokens: [
    'Le texte prend plus d’environ 5 000 jetons à chaque conversation qui le charge.',
    'Raccourcissez-le.',
  ],
  steps: ['Le texte n’a pas de liste d’étapes.', 'Écrivez la procédure en étapes numérotées.'],
  leftover: ['Un texte à compléter est resté.', 'Complétez-le ou retirez-le.'],
  openFence: [
    'Un bloc de code n’est pas fermé : tout ce qui suit est du code.',
    'Fermez-le avec les marques qui l’ouvrent.',
  ],
  noFile: ['Le skill renvoie à un fichier qu’il n’a pas.', 'Mettez l’essentiel dans le texte.'],
  syntax: ['Le fichier est illisible dans son langage : {0}.', 'Réparez-le ou faites-le réécrire.'],
  unfinished: [`Le texte n’est pas terminé. ${AGAIN}`, REREAD],
  language: [`Le texte est dans une autre langue que l’objectif. ${AGAIN}`, REREAD],
  twin: [`Le texte est le même que celui de {0}. ${AGAIN}`, REREAD],
  form: [`Le texte n’est pas du Markdown, mais une autre forme. ${AGAIN}`, REREAD],
  praise: [`Le texte se loue ou se note lui-même, ou parle à son relecteur. ${AGAIN}`, REREAD],
  thoughts: [`Le modèle a écrit ses propres pensées avant le texte. ${OFF}`],
  json: [`Le modèle a écrit du JSON autour du texte. ${OFF}`],
  marks: [`Le modèle a mis des balises, des filets ou d’autres marques autour du texte. ${OFF}`],
  wrapped: [`Le modèle a mis tout le texte dans un bloc de code. ${OFF}`],
  talk: [`Le modèle s’est adressé à l’utilisateur avant ou après le texte. ${OFF}`],
  matter: [`Le modèle a écrit un front matter avant le texte. ${OFF}`],
  copied: ['Le modèle a écrit deux fois le même texte. L’un des deux a été retiré.'],
  inner: [
    'Le modèle a mis des blocs de code dans un bloc aux marques aussi courtes. Les marques extérieures ont été allongées.',
  ],
  noScores: [
    'Il n’y a pas de notes : le critique n’en a pas donné. {0}',
    'Faites analyser le brouillon de nouveau.',
  ],
  noRef: [
    'Le plan voulait réutiliser {0}, que le catalogue n’a pas ; il a donc été écrit à neuf.',
    'Voyez si un skill publié fait la même chose.',
  ],
  dropped: [
    'Une révision a été écrite et n’a pas été retenue. {0}',
    'Intégrez les remarques à la main, ou redemandez-les.',
  ],
  same: ['Sa description dit presque la même chose que le skill publié {0}.', SAY_WHEN],
  sameHere: ['Sa description dit presque la même chose que {0} dans ce plan.', SAY_WHEN],
  near: ['Sa description est proche du skill publié {0}.', SAY_NOT],
  nearHere: ['Sa description est proche de {0} dans ce plan.', SAY_NOT],
  unasked: [
    'Il envoie des données à {0}, que l’objectif ne nomme pas.',
    'Retirez-le, ou nommez l’hôte dans l’objectif.',
  ],
  upload: [
    'Il envoie un fichier à {0}, que l’objectif ne nomme pas.',
    'Gardez le fichier ici, ou nommez l’hôte dans l’objectif.',
  ],
  anyTool: ['{0} autorise toute commande.', 'Nommez les commandes : Bash(git log:*).'],
};
