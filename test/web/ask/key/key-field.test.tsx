import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createRef, type RefObject } from 'react';
import { expect, test, vi } from 'vitest';
import { KeyField, type KeyHandle } from '../../../../web/ask/key/key-field.tsx';
import { KEY } from '../../support/fixtures.ts';

const PROVIDERS = [
  { id: 'anthropic', name: 'Anthropic' },
  { id: 'openai', name: 'OpenAI' },
];

function show(): {
  handle: RefObject<KeyHandle | null>;
  onHolds: ReturnType<typeof vi.fn>;
  onTaken: ReturnType<typeof vi.fn>;
  field: HTMLInputElement;
  unmount: () => void;
} {
  const handle = createRef<KeyHandle>();
  const onHolds = vi.fn();
  const onTaken = vi.fn();
  const { unmount } = render(
    <>
      <label htmlFor="key">Key</label>
      <KeyField
        id="key"
        handle={handle}
        disabled={false}
        describedBy="hint"
        wrong={false}
        placeholder="sk-…"
        onFocus={() => {}}
        onHolds={onHolds}
        providers={PROVIDERS}
        onTaken={onTaken}
      />
    </>,
  );
  return { handle, onHolds, onTaken, field: screen.getByLabelText<HTMLInputElement>('Key'), unmount };
}

test('the field tells password managers, keyboards and spell checkers to keep away, from its first render', () => {
  const { field } = show();
  expect(field).toHaveAttribute('autocomplete', 'off');
  expect(field).toHaveAttribute('autocapitalize', 'none');
  expect(field).toHaveAttribute('autocorrect', 'off');
  expect(field).toHaveAttribute('spellcheck', 'false');
  for (const name of [
    'data-1p-ignore',
    'data-lpignore',
    'data-bwignore',
    'data-form-type',
    'data-protonpass-ignore',
  ])
    expect(field).toHaveAttribute(name);
});

test('the field has no name, so that no form can carry it', () => {
  expect(show().field).not.toHaveAttribute('name');
});

test('a masked text field where the browser can mask, a password field where it cannot', () => {
  expect(show().field).toHaveAttribute('type', 'text');
  expect(screen.getByLabelText('Key')).toHaveClass('masked');
  const supports = vi.spyOn(CSS, 'supports').mockReturnValue(false);
  const { unmount } = render(
    <KeyField
      id="old"
      handle={createRef()}
      disabled={false}
      wrong={false}
      describedBy=""
      placeholder=""
      onFocus={() => {}}
      onHolds={() => {}}
      providers={PROVIDERS}
      onTaken={() => {}}
    />,
  );
  expect(document.getElementById('old')).toHaveAttribute('type', 'password');
  unmount();
  supports.mockRestore();
});

test('what is typed is in no attribute and in no markup', async () => {
  const { field } = show();
  await userEvent.type(field, KEY);
  expect(field.value).toBe(KEY);
  expect(document.documentElement.outerHTML).not.toContain(KEY.slice(0, 12));
});

test('taking reads once and leaves the field empty', async () => {
  const { field, handle, onHolds } = show();
  await userEvent.type(field, KEY);
  expect(onHolds).toHaveBeenLastCalledWith(true);
  let taken: string | undefined;
  act(() => {
    taken = handle.current?.take();
  });
  expect(taken).toBe(KEY);
  expect(field.value).toBe('');
  expect(handle.current?.take()).toBe('');
  expect(onHolds).toHaveBeenLastCalledWith(false);
});

test('peeking leaves the field as it is', async () => {
  const { field, handle } = show();
  await userEvent.type(field, KEY);
  expect(handle.current?.peek()).toBe(KEY);
  expect(field.value).toBe(KEY);
});

test('leaving the page empties the field, for the page may come back from the cache', async () => {
  const { field } = show();
  await userEvent.type(field, KEY);
  act(() => void dispatchEvent(new Event('pagehide')));
  expect(field.value).toBe('');
});

test('a field that goes leaves empty and takes its handle along', async () => {
  const { field, handle, unmount } = show();
  await userEvent.type(field, KEY);
  unmount();
  expect(field.value).toBe('');
  expect(handle.current).toBeNull();
});

test('the key can be shown and hidden, and is hidden again when it is taken', async () => {
  const { field, handle } = show();
  await userEvent.type(field, KEY);
  await userEvent.click(screen.getByRole('button', { name: 'Show' }));
  expect(field).not.toHaveClass('masked');
  expect(field).toHaveAttribute('type', 'text');
  act(() => void handle.current?.take());
  expect(field).toHaveClass('masked');
  expect(screen.getByRole('button', { name: 'Show' })).toBeVisible();
});

test('a file of settings that is pasted leaves the chosen provider’s key in the field, and says which', async () => {
  const { field, onHolds, onTaken } = show();
  await userEvent.click(field);
  await userEvent.paste(
    `A=1\r\nOPENAI_API_KEY=sk-proj-${'x1'.repeat(20)}\r\nANTHROPIC_API_KEY="${KEY}" # ours\r\n`,
  );
  await vi.waitFor(() => expect(field.value).toBe(KEY));
  expect(onTaken).toHaveBeenLastCalledWith({
    of: 'anthropic',
    words: 'Took ANTHROPIC_API_KEY, one of 3 lines; the rest is dropped.',
  });
  expect(onHolds).toHaveBeenLastCalledWith(true);
  expect(JSON.stringify(onTaken.mock.calls)).not.toContain(KEY.slice(0, 12));
});

test('settings without a key leave the field as it was; a key with a sign in it goes in where the cursor is', async () => {
  const { field, onTaken } = show();
  await userEvent.type(field, 'ab');
  await userEvent.paste('A=1\nSMTP_PASSWORD=hunter2hunter2');
  await vi.waitFor(() =>
    expect(onTaken).toHaveBeenLastCalledWith({
      of: undefined,
      words: 'There is no key of Anthropic in these 2 lines. All of it is dropped.',
    }),
  );
  expect(field.value).toBe('ab');
  await userEvent.paste('c==');
  await vi.waitFor(() => expect(field.value).toBe('abc=='));
});
