import { describe, expect, it } from 'vitest';
import { cutChangeLog, isChangeLog } from '../../../../shared/compose/answers/change-log.ts';

describe('a list of changes', () => {
  it.each([
    '# Changes\n\n- Step 2 waits.\n',
    '**Changes made:**\n\n1. Added a template.\n',
    'I’ve updated step 2 so that it waits.\n',
    'Here are the changes:\n\n- Step 2 waits.\n',
    '- Added a template.\n- Removed the threat.\n- Clarified step 2.\n',
    '--- a/SKILL.md\n+++ b/SKILL.md\n@@ -1 +1 @@\n-a\n+b\n',
    '## Änderungen\n\n- Schritt 2 wartet.\n',
    '# 変更点\n\n- 手順2は待つ。\n',
    'The following changes were made to the skill.\n',
  ])('is one: %j', (text) => expect(isChangeLog(text)).toBe(true));

  it.each([
    '# Write a change log\n\n1. List what was added.\n2. List what was fixed.\n',
    '# Review changes\n\n1. Read the diff.\n2. Say what is wrong.\n',
    '# Notes\n\n```diff\n--- a/x\n+++ b/x\n```\n\n1. Apply it.\n',
    '# Log\n\n1. Update the file.\n2. Add the entry.\n',
  ])('is none: %j', (text) => expect(isChangeLog(text)).toBe(false));

  it('is taken off the end of a text, unless it was there before', () => {
    const body = '# A\n\n1. Do it.\n';
    expect(cutChangeLog(`${body}\n**Changes made:**\n- Done.\n`, body)).toBe(body);
    expect(cutChangeLog(`${body}\n## Changes\n\n- Done.\n`, `${body}\n## Changes\n`)).toContain('## Changes');
    expect(cutChangeLog(`${body}\n## Changes\n\nx\n\n## Check\n\ny\n`, body)).toContain('## Changes');
  });
});
