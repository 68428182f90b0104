import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { SkillFiles } from '../../../web/registry/skill-files.tsx';

test.each([
  ['with LF', '---\nname: weave\n---\n\n# Weave\n'],
  ['with CRLF', '---\r\nname: weave\r\n---\r\n\r\n# Weave\r\n'],
  ['after a byte order mark', '\uFEFF---\nname: weave\n---\n# Weave\n'],
  ['with blanks behind its lines', '---  \nname: weave\n--- \t\n# Weave\n'],
  ['with --- inside a value', '---\nname: weave\nnote: "a\n  --- b"\n---\n# Weave\n'],
])('shows a front matter %s in the source alone', (_, content) => {
  render(<SkillFiles texts={[{ path: 'SKILL.md', content }]} />);
  expect(screen.getByRole('heading', { name: 'Weave' })).toBeVisible();
  expect(screen.getAllByText(/name: weave/).map(({ tagName }) => tagName)).toEqual(['PRE']);
});

test('shows a text without a front matter whole, and a rule in it as a rule', () => {
  render(<SkillFiles texts={[{ path: 'SKILL.md', content: '# Weave\n\n---\n\nTightly.\n\n---\n' }]} />);
  expect(screen.getByRole('heading', { name: 'Weave' })).toBeVisible();
  expect(screen.getAllByRole('separator')).toHaveLength(2);
});
