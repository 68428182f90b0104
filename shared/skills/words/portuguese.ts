import type { OtherWords } from './english.ts';

const AGAIN = 'O modelo foi consultado de novo, sem melhora.';
const REREAD = 'Leia-o por inteiro, mande reescrevê-lo ou escolha outro modelo.';
const OFF = 'Isso foi retirado.';
const SAY_WHEN = 'Use um dos dois, ou diga quando cada um se aplica.';
const SAY_NOT = 'Diga na descrição para que ele não serve.';

/** The words of `english.ts` in Portuguese. */
export const PORTUGUESE: OtherWords = {
  short: [
    'A descrição é curta demais para um agente saber quando carregar o skill.',
    'Nomeie a tarefa, os tipos de arquivo e as palavras dos usuários.',
  ],
  lines: ['O texto tem mais de {0} linhas.', 'Deixe o que o agente faria errado sem ele.'],
  tokens: ['O texto ocupa mais de cerca de 5.000 tokens de cada conversa que o carrega.', 'Encurte-o.'],
  steps: ['O texto não tem uma lista de passos.', 'Escreva o procedimento em passos numerados.'],
  leftover: ['Ficou no texto um espaço por preencher.', 'Preencha-o ou retire-o.'],
  openFence: [
    'Um bloco de código não termina: tudo o que segue é código.',
    'Feche-o com as marcas com que começa.',
  ],
  noFile: ['O skill aponta para um arquivo que não tem.', 'Ponha o importante no texto.'],
  syntax: ['O arquivo não pode ser lido na sua linguagem: {0}.', 'Corrija-o ou mande reescrevê-lo.'],
  unfinished: [`O texto não está terminado. ${AGAIN}`, REREAD],
  language: [`O texto está em outra língua que o objetivo. ${AGAIN}`, REREAD],
  twin: [`O texto é o mesmo que o de {0}. ${AGAIN}`, REREAD],
  form: [`O texto não é Markdown, mas outra forma. ${AGAIN}`, REREAD],
  praise: [`O texto elogia ou pontua a si mesmo, ou fala ao seu revisor. ${AGAIN}`, REREAD],
  thoughts: [`O modelo escreveu os próprios pensamentos antes do texto. ${OFF}`],
  json: [`O modelo escreveu JSON em volta do texto. ${OFF}`],
  marks: [`O modelo pôs etiquetas, linhas ou outras marcas em volta do texto. ${OFF}`],
  wrapped: [`O modelo pôs o texto inteiro em um bloco de código. ${OFF}`],
  talk: [`O modelo falou ao usuário antes ou depois do texto. ${OFF}`],
  matter: [`O modelo escreveu um front matter antes do texto. ${OFF}`],
  copied: ['O modelo escreveu o mesmo texto duas vezes. Um deles foi retirado.'],
  inner: [
    'O modelo pôs blocos de código dentro de um com marcas igualmente curtas. As de fora foram alongadas.',
  ],
  noScores: ['Não há notas: o crítico não deu nenhuma. {0}', 'Mande analisar o rascunho de novo.'],
  noRef: [
    'O plano queria reutilizar {0}, que o catálogo não tem; por isso foi escrito de novo.',
    'Veja se um skill publicado faz o mesmo.',
  ],
  dropped: ['Uma revisão foi escrita e não foi aceita. {0}', 'Incorpore as notas à mão, ou peça-as de novo.'],
  same: ['A descrição diz quase o mesmo que o skill publicado {0}.', SAY_WHEN],
  sameHere: ['A descrição diz quase o mesmo que {0} neste plano.', SAY_WHEN],
  near: ['A descrição é próxima do skill publicado {0}.', SAY_NOT],
  nearHere: ['A descrição é próxima de {0} neste plano.', SAY_NOT],
  unasked: ['Envia dados a {0}, que o objetivo não nomeia.', 'Retire, ou nomeie o host no objetivo.'],
  upload: [
    'Envia um arquivo a {0}, que o objetivo não nomeia.',
    'Deixe o arquivo aqui, ou nomeie o host no objetivo.',
  ],
  anyTool: ['{0} permite qualquer comando.', 'Nomeie os comandos: Bash(git log:*).'],
};
