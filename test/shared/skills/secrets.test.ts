import { describe, expect, it } from 'vitest';
import { fileFindings } from '../../../shared/skills/analyze-skill.ts';

const found = (text: string): readonly string[] =>
  fileFindings('evals/evals.json', text).map(({ rule }) => rule);

// Built from halves, so that no scanner takes this file for a leak.
const KEY = `sk-ant-${'api03-Zq8RtYw2LmNv7KpXc4Bd9Fh1Js6Gu3Ea5Wi0'}`;

describe('a key that was left in a skill’s file', () => {
  it.each([
    ['Anthropic', KEY],
    ['Bedrock', `ABSK${'Zq8RtYw2LmNv7KpXc4Bd9Fh1Js6Gu3Ea5Wi0+Bn/'}==`],
    ['Bedrock, short-term', `bedrock-api-key-${'Zq8RtYw2LmNv7KpXc4Bd9Fh1'}`],
    ['Azure OpenAI', `${'Zq8RtYw2LmNv7KpXc4Bd9Fh1Js6Gu3Ea5Wi0JQQJ99'}AZOPENAI${'b3Ye'}`],
    ['Azure', `${'Zq8RtYw2LmNv7KpXc4Bd9Fh1Js6Gu3Ea5Wi0JQQJ99'}ACOG${'b3Ye'}`],
    ['NVIDIA', `nvapi-${'Zq8RtYw2LmNv7KpXc4Bd9Fh1Js6Gu3Ea5Wi0-b_n'}`],
    ['Perplexity', `pplx-${'Zq8RtYw2LmNv7KpXc4Bd9Fh1Js6Gu3Ea5Wi0Bn7P'}`],
    ['Hugging Face', `hf_${'Zq8RtYw2LmNv7KpXc4Bd9Fh1Js6Gu3Ea5W'}`],
    ['Oneturn', `oneturn_${'Zq8RtYw2LmNv7KpXc4Bd9Fh1Js6Gu3Ea5Wi0'}`],
  ])('is found: %s', (_, key) => {
    expect(found(JSON.stringify({ prompt: `Use ${key} there.` }))).toEqual(['security.secret.literal']);
  });

  it.each([1900, 1960, 1980, 1990, 2000])('is found in a long line, at character %i', (at) => {
    expect(found(JSON.stringify({ prompt: `${'word '.repeat(at / 5)}${KEY}` }))).toEqual([
      'security.secret.literal',
    ]);
  });

  it.each([
    'Set the variable ONETURN_TOKEN, and load hf_transfer and pplx-api from the image nvapi-mirror.',
    `A Bedrock key begins with ABSK: ABSK${'x'.repeat(60)}.`,
    `hf_${'download_the_whole_model_with_all_its_files'}`,
  ])('is not seen in %s', (text) => expect(found(JSON.stringify({ prompt: text }))).toEqual([]));
});
