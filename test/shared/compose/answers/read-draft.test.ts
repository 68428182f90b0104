import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBroughtBody, readDraft } from '../../../../shared/compose/answers/read-draft.ts';

const BODY = '# Notes\n\n1. Read the notes.\n2. Run:\n\n```sh\nls\n```\n\nSay what you found.\n';
const MATTER = '---\nname: notes\ndescription: Reads notes.\n---\n';
const md = (text: string, marks = '```') => `${marks}markdown\n${text}${marks}`;

describe('a draft', () => {
  it.each<[string, string, readonly string[]]>([
    ['as it is', BODY, []],
    ['behind thoughts', `<think>\nShort?\n</think>\n\n${BODY}`, ['thoughts']],
    ['behind <thinking>', `<thinking>Short</thinking>\n${BODY}`, ['thoughts']],
    ['behind <thought>', `<thought>\n# Plan\n</thought>\n${BODY}`, ['thoughts']],
    ['behind a closing tag alone', `Okay, I keep it short.\n</think>\n\n${BODY}`, ['thoughts']],
    [
      'behind thoughts with code that is never closed',
      `Maybe:\n\`\`\`\n# Notes\n</think>\n${BODY}`,
      ['thoughts'],
    ],
    ['behind [THINK]', `[THINK]Short[/THINK]${BODY}`, ['thoughts']],
    ['with thoughts in the middle', BODY.replace('2. Run', '<think>\nhm\n</think>\n2. Run'), ['thoughts']],
    [
      'in the final channel',
      `<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>${BODY}<|return|>`,
      ['thoughts'],
    ],
    ['in channels whose tokens were taken off', `analysisWe need a body.assistantfinal${BODY}`, ['thoughts']],
    ['with the token that ends a turn', `${BODY}<|im_end|>`, ['thoughts']],
    ['in a fence, with fences of its own', md(BODY), ['fence']],
    ['in a longer fence', md(BODY, '````'), ['fence']],
    ['in a fence without a language', `\`\`\`\n${BODY}\`\`\``, ['fence']],
    ['in a fence that is never closed', `\`\`\`markdown\n${BODY}`, ['fence']],
    ['behind a greeting', `Here is the skill body:\n\n${BODY}`, ['talk']],
    [
      'between a greeting and an offer',
      `Sure! Here's the body.\n\n---\n\n${BODY}\n---\n\nLet me know if you want changes.`,
      ['talk'],
    ],
    [
      'between words, in a fence',
      `Here is the skill body:\n\n${md(BODY)}\n\nI hope this helps!`,
      ['talk', 'fence'],
    ],
    ['behind the name of its file, in a fence', `**SKILL.md**\n\n${md(BODY)}`, ['talk', 'fence']],
    ['before a count of its words', `${BODY}\n(Word count: 23)`, ['talk']],
    ['behind a German greeting', `Hier ist der Text:\n\n${BODY}`, ['talk']],
    ['behind a front matter', `${MATTER}\n${BODY}`, ['front-matter']],
    [
      'behind one in TOML',
      `+++\nname = "notes"\ndescription = "Reads notes."\n+++\n\n${BODY}`,
      ['front-matter'],
    ],
    [
      'behind its file’s name and a front matter',
      `# SKILL.md\n\n${MATTER}\n${BODY}`,
      ['marks', 'front-matter'],
    ],
    ['behind two of them', `${MATTER}\n${MATTER}${BODY}`, ['front-matter']],
    ['behind one in a fence', `\`\`\`yaml\n${MATTER}\`\`\`\n\n${BODY}`, ['front-matter']],
    ['in a fence with a front matter', md(`${MATTER}\n${BODY}`), ['fence', 'front-matter']],
    ['in JSON', JSON.stringify({ name: 'notes', body: BODY }), ['json']],
    ['in JSON in a fence', `\`\`\`json\n${JSON.stringify({ skill: { markdown: BODY } })}\n\`\`\``, ['json']],
    ['as one JSON text', JSON.stringify(BODY), ['json']],
  ])('is found %s, and what was taken off is said', (_where, answer, repairs) => {
    expect(readDraft(answer)).toEqual({ kind: 'body', body: BODY, repairs });
  });

  it('has the fences of a template with fences made longer, where Markdown would have ended it', () => {
    const inner = '# A\n\n```markdown\n# T\n\n```sh\nls\n```\n\nend\n```\n\nText.\n';
    expect(readDraft(inner)).toEqual({
      kind: 'body',
      body: '# A\n\n````markdown\n# T\n\n```sh\nls\n```\n\nend\n````\n\nText.\n',
      repairs: ['inner-fences'],
    });
  });

  it.each([
    ['two code blocks at its ends', '```sh\nls\n```\n\nand\n\n```sh\npwd\n```\n'],
    ['a word on its own file', 'SKILL.md says the rest.\n\n# A\n\nWord count is told.\n'],
    ['two without a language', '```\n# install\n```\n\nand\n\n```\npwd\n```\n'],
    ['a line of dashes at its top', '---\nA note: read it.\n---\n\n# A\n'],
    ['an example of thoughts in a code block', '# A\n\n```xml\n<think>\nhm\n</think>\n```\n'],
    ['a tag that a sentence speaks of', '# A\n\nCut the text at `</think>` and at "</think>".\n'],
    ['a tag of its own output', '# A\n\n<analysis>\nFill this in.\n</analysis>\n'],
    ['a last sentence about what to do', '# A\n\n1. Look.\n\nIf you need more rows, ask the user.\n'],
    ['a first sentence that is its own', 'Reads notes.\n\n# A\n\nText.\n'],
    ['a template that says thanks', '# A\n\n```text\nHere is the list:\n\nLet me know.\n```\n'],
    ['plus signs at its top', '+++\nA note.\n+++\n\n# A\n\nText.\n'],
    ['JSON that is shown', '# A\n\n```json\n{"body": "x"}\n```\n'],
    ['an advice to refuse', '# A\n\nWe cannot ship on Sundays. Write "I cannot help with that" then.\n'],
  ])('keeps %s', (_what, body) => {
    expect(readDraft(body)).toEqual({ kind: 'body', body, repairs: [] });
  });

  it.each([
    'I cannot help with that.',
    '# Request declined\n\nI’m sorry, but I can’t create this skill. I could help with:\n\n- something else',
    '<think>Harmful.</think>I won’t write this.',
    "```markdown\nI'm unable to help with this.\n```",
    'Lo siento, no puedo ayudar con eso.',
  ])('that is a refusal is one: %s', (answer) => {
    expect(readDraft(answer)).toEqual({ kind: 'refused' });
  });

  it.each([
    '',
    ' \n',
    '<think>Only thoughts',
    '<think>Only</think>',
    '```markdown\n```',
    '<|channel|>analysis<|message|>Hm',
  ])('that has no text is empty: %j', (answer) => {
    expect(readDraft(answer)).toEqual({ kind: 'empty' });
  });

  it('is the same when read twice, and never more than was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const once = readDraft(`# A ${text}`);
        if (once.kind !== 'body') return;
        expect(readDraft(once.body)).toMatchObject({ body: once.body });
      }),
    );
  });
});

describe('a body that the user brings', () => {
  it('loses its front matter and says so, and nothing else', () => {
    expect(readBroughtBody(`${MATTER}\r\n${BODY}`)).toEqual({ body: BODY, repairs: ['front-matter'] });
    const talk = `Here is the body:\n\n${BODY}`;
    expect(readBroughtBody(talk)).toEqual({ body: talk, repairs: [] });
  });
});
