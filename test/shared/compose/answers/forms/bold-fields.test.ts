import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boldFields } from '../../../../../shared/compose/answers/forms/bold-fields.ts';
import { CLASSIFICATION_FORM } from '../../../../../shared/compose/answers/forms/classification-form.ts';
import { readStructured } from '../../../../../shared/compose/answers/read-structured.ts';

describe('an answer whose fields are names in bold', () => {
  it.each([
    [
      'with the colon inside',
      '**kind:** bundle\n**summary:** Sort the post\n**capabilities:**\n- Read it\n- File it\n',
    ],
    [
      'with the colon outside',
      '**Kind**: Bundle\n\n**Summary**: Sort the post\n\n**Capabilities**:\n1. Read it\n2. File it\n',
    ],
    [
      'as a list, between words',
      'Sure:\n\n- **kind:** bundle\n- **summary:** Sort the post\n- **capabilities:**\n  - Read it\n  - File it\n\nDone.',
    ],
  ])('is read %s', (_how, text) => {
    expect(readStructured(text, CLASSIFICATION_FORM)).toMatchObject({
      kind: 'value',
      value: {
        kind: 'bundle',
        summary: 'Sort the post',
        capabilities: [{ need: 'Read it' }, { need: 'File it' }],
      },
    });
  });

  it('is none where a word is in bold, and stops where a name comes again', () => {
    expect(boldFields('Do it **now:** at once.')).toBeUndefined();
    expect(boldFields('**a:** 1\n**b:** 2\n**a:** 3\n**c:** 4')).toEqual({ a: '1', b: '2' });
  });

  it('has nothing in it that is not in the text', () => {
    const piece = fc.constantFrom(
      '**a:** ',
      '**b**: ',
      '- ',
      '1. ',
      '\n',
      'x',
      ' y',
      '**',
      ':',
      '__proto__',
      '\r',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }).map((parts) => parts.join('')),
        (text) => {
          for (const [name, value] of Object.entries(boldFields(text) ?? {}))
            for (const part of [name, ...[value].flat()]) expect(text).toContain(part);
        },
      ),
    );
  });
});
