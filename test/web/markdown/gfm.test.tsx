import { render } from '@testing-library/react';
import { expect, test } from 'vitest';
import { Markdown } from '../../../web/markdown/markdown.tsx';

const html = (text: string): string =>
  render(<Markdown text={text} />).container.firstElementChild?.innerHTML ?? '';

test.each([
  ['a tight list has no paragraphs', '- a\n- b', '<ul><li>a</li><li>b</li></ul>'],
  ['a loose list has them', '- a\n\n- b', '<ul><li><p>a</p></li><li><p>b</p></li></ul>'],
  ['a list begins where it says', '3. a\n4. b', '<ol start="3"><li>a</li><li>b</li></ol>'],
  [
    'emphasis',
    '*a* __b__ ~~c~~ ***d***',
    '<p><em>a</em> <strong>b</strong> <del>c</del> <em><strong>d</strong></em></p>',
  ],
  ['a line break', 'a  \nb\\\nc', '<p>a<br>b<br>c</p>'],
  ['a rule', '---', '<hr>'],
  ['entities', 'a &amp; b &rarr; c &#65; &unknown;', '<p>a &amp; b → c A &amp;unknown;</p>'],
  ['an escape', '\\*a\\*', '<p>*a*</p>'],
  ['a quote of a list', '> - a', '<blockquote><ul><li>a</li></ul></blockquote>'],
  [
    'a name with dots is no link',
    'See README.md and a.b@c.example.',
    '<p>See README.md and a.b@c.example.</p>',
  ],
])('%s', (_, text, expected) => expect(html(text)).toBe(expected));

test('a fence keeps its text as it is, whether it is closed or not', () => {
  const closed = render(<Markdown text={'```sh\n# no heading\n*a*\n```\nend'} />).container;
  expect(closed.querySelector('section')).toHaveAttribute('aria-label', 'Code, sh');
  expect(closed.querySelector('code')?.textContent).toBe('# no heading\n*a*');
  expect(closed.querySelector('p')?.textContent).toBe('end');
  expect(render(<Markdown text={'```\nopen'} />).container.querySelector('code')?.textContent).toBe('open');
});

test('a table keeps its cells, with escaped bars and missing ones', () => {
  const { container } = render(<Markdown text={'| a | b |\n|---|:-:|\n| `x \\| y` | *z* |\n| only |'} />);
  const cells = [...container.querySelectorAll('td')].map((cell) => cell.innerHTML);
  expect(cells).toEqual(['<code>x | y</code>', '<em>z</em>', 'only', '']);
});

test('an address without a scheme that begins with www is a link', () => {
  const { container } = render(<Markdown text="See www.site.example/a?b=1." />);
  expect(container.querySelector('a')).toHaveAttribute('href', 'http://www.site.example/a?b=1');
});

test('a task keeps what follows its box', () => {
  const { container } = render(<Markdown text={'- [x] **done** now\n- [ ] open\n- [y] none'} />);
  expect([...container.querySelectorAll('li')].map((item) => item.textContent)).toEqual([
    'done now',
    'open',
    '[y] none',
  ]);
  expect(container.querySelectorAll('[role=img]')).toHaveLength(2);
});
