import type { OtherWords } from './english.ts';

const AGAIN = '已再次询问模型，仍未改好。';
const REREAD = '请通读一遍，让它重写，或换一个模型。';
const OFF = '已去掉。';
const SAY_WHEN = '只用其中一个，或写明各自何时使用。';
const SAY_NOT = '请在描述中写明它不用于什么。';

/** The words of `english.ts` in Chinese. */
export const CHINESE: OtherWords = {
  short: ['描述太短，代理无法判断何时加载该技能。', '请写出任务、文件类型和用户会说的词。'],
  lines: ['正文超过 {0} 行。', '只保留代理没有它就会做错的内容。'],
  tokens: ['每次对话加载正文都要占用约 5,000 个以上的 token。', '请缩短。'],
  steps: ['正文没有步骤列表。', '请把流程写成编号步骤。'],
  leftover: ['正文中留有占位文字。', '请填好或删除。'],
  openFence: ['有代码块没有结束，其后全部成了代码。', '请用开头的记号关闭它。'],
  noFile: ['技能引用了它没有的文件。', '请把要点写进正文。'],
  syntax: ['该文件无法按其语言读取：{0}。', '请修复，或让它重写。'],
  unfinished: [`正文没有写完。${AGAIN}`, REREAD],
  language: [`正文的语言与目标不同。${AGAIN}`, REREAD],
  twin: [`正文与 {0} 的相同。${AGAIN}`, REREAD],
  form: [`正文不是 Markdown，而是另一种形式。${AGAIN}`, REREAD],
  praise: [`正文在自夸、给自己打分，或对审查者说话。${AGAIN}`, REREAD],
  thoughts: [`模型在正文前写了自己的思考。${OFF}`],
  json: [`模型在正文外包了 JSON。${OFF}`],
  marks: [`模型在整个正文外加了标签、横线或其他记号。${OFF}`],
  wrapped: [`模型把整个正文放进了代码块。${OFF}`],
  talk: [`模型在正文前后对用户说了话。${OFF}`],
  matter: [`模型在正文前写了 front matter。${OFF}`],
  copied: ['模型把同一段正文写了两遍。已删去其中一遍。'],
  inner: ['模型在代码块里嵌套了记号同样短的代码块。外层记号已加长。'],
  noScores: ['没有分数：评审没有给出。{0}', '请再分析一次草稿。'],
  noRef: ['计划想复用 {0}，但目录中没有，所以重新编写了。', '请看看是否有已发布的技能做同样的事。'],
  dropped: ['写出了一个修订版，但未采用。{0}', '请手动采纳意见，或再请求一次。'],
  same: ['它的描述与已发布的技能 {0} 几乎相同。', SAY_WHEN],
  sameHere: ['它的描述与本计划中的 {0} 几乎相同。', SAY_WHEN],
  near: ['它的描述与已发布的技能 {0} 相近。', SAY_NOT],
  nearHere: ['它的描述与本计划中的 {0} 相近。', SAY_NOT],
  unasked: ['它向 {0} 发送数据，而目标没有提到它。', '请去掉，或在目标中写明该主机。'],
  upload: ['它把文件上传到 {0}，而目标没有提到它。', '请把文件留在本地，或在目标中写明该主机。'],
  anyTool: ['{0} 允许任何命令。', '请写明命令：Bash(git log:*)。'],
};
