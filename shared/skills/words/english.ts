/** The findings that have words in other languages: each by an id of ours, with the rule and the very words that it says in English. */
interface EnglishWords {
  readonly rule: string;
  /** `{0}` and `{1}` stand for what differs from finding to finding; it is taken over as it is. */
  readonly message: string;
  /** Empty where the rule says nothing to do. */
  readonly fix: string;
}

const AGAIN = 'The model was asked again and did no better.';
const REREAD = 'Read it through, have it written again, or choose another model.';
const OFF = 'That was taken off.';
const SAY_WHEN = 'Use one of the two, or say when each applies.';
const SAY_NOT = 'Say in the description what it is not for.';

const words = (rule: string, message: string, fix = ''): EnglishWords => ({ rule, message, fix });

/** In English, as the rules say it; a test holds the two together. */
export const ENGLISH = {
  short: words(
    'quality.description.short',
    'The description is too short for an agent to know when to load the skill.',
    'Name the task, the file types and the words users say.',
  ),
  lines: words(
    'quality.body.lines',
    'The body has more than {0} lines.',
    'Keep what the agent would get wrong without it.',
  ),
  tokens: words(
    'quality.body.tokens',
    'The body takes more than about 5,000 tokens of every conversation that loads it.',
    'Shorten it.',
  ),
  steps: words(
    'quality.body.no-steps',
    'The body has no list of steps.',
    'Write the procedure as numbered steps.',
  ),
  leftover: words('quality.body.leftover', 'A placeholder was left in the text.', 'Fill it in or remove it.'),
  openFence: words(
    'quality.body.open-fence',
    'A code block has no end, so that everything after it is code.',
    'Close it with the marks that it begins with.',
  ),
  noFile: words(
    'quality.file.missing',
    'The skill points to a file that it does not have.',
    'Put what matters into the text.',
  ),
  syntax: words(
    'quality.file.syntax',
    'The file cannot be read in its language: {0}.',
    'Repair it, or have it written again.',
  ),
  unfinished: words('draft.unfinished', `The text is not finished. {0} ${AGAIN}`, REREAD),
  language: words('draft.language', `The text is {0}, which the goal is not. ${AGAIN}`, REREAD),
  twin: words('draft.duplicate', `The text is the same as that of {0}. ${AGAIN}`, REREAD),
  form: words('draft.form', `The text is not Markdown, but another form. ${AGAIN}`, REREAD),
  praise: words(
    'draft.praise',
    `The text praises or scores itself, or speaks to its reviewer. ${AGAIN}`,
    REREAD,
  ),
  thoughts: words('answer.thoughts', `The model wrote its own thoughts before the text. ${OFF}`),
  json: words('answer.json', `The model wrote JSON around the text. ${OFF}`),
  marks: words('answer.marks', `The model wrote tags, rules or other marks around the whole text. ${OFF}`),
  wrapped: words('answer.fence', `The model wrote a code fence around the whole text. ${OFF}`),
  talk: words('answer.talk', `The model wrote words to its user before or after the text. ${OFF}`),
  matter: words('answer.front-matter', `The model wrote a front matter before the text. ${OFF}`),
  copied: words('answer.copy', 'The model wrote the same text twice. One of them was taken off.'),
  inner: words(
    'answer.inner-fences',
    'The model wrote code fences inside of one as short as themselves. The outer one was made longer.',
  ),
  noScores: words(
    'critique.missing',
    'There are no scores: the critic gave none. {0}',
    'Analyze the draft again.',
  ),
  noRef: words(
    'plan.ref.unknown',
    'The plan wanted to reuse {0}, which the catalogue does not have, so that it was written anew.',
    'Look whether a published skill does the same.',
  ),
  dropped: words(
    'revision.dropped',
    'A revision was written and not taken. {0}',
    'Work the notes in by hand, or ask for them again.',
  ),
  same: words(
    'overlap.duplicate',
    'Its description says nearly the same as the published skill {0}.',
    SAY_WHEN,
  ),
  sameHere: words('overlap.duplicate', 'Its description says nearly the same as {0} in this plan.', SAY_WHEN),
  near: words('overlap.similar', 'Its description is close to the published skill {0}.', SAY_NOT),
  nearHere: words('overlap.similar', 'Its description is close to {0} in this plan.', SAY_NOT),
  unasked: words(
    'security.network.unasked',
    'It sends data to {0}, which the goal does not name.',
    'Leave it out, or name the host in the goal.',
  ),
  upload: words(
    'security.network.upload',
    'It uploads a file to {0}, which the goal does not name.',
    'Keep the file here, or name the host in the goal.',
  ),
  anyTool: words(
    'security.tools.unbounded',
    '{0} grants every command.',
    'Name the commands: Bash(git log:*).',
  ),
} as const satisfies Readonly<Record<string, EnglishWords>>;

/** The same in another language, message and what to do. */
export type OtherWords = Readonly<Record<keyof typeof ENGLISH, readonly [message: string, fix?: string]>>;
