import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { type ReactElement, useState } from 'react';
import { expect, test, vi } from 'vitest';
import { KEY } from '../../support/fixtures.ts';

test.each(['ArrowDown', 'ArrowUp', 'Enter'])(
  '%s before the list’s own part has come opens the list, and starts nothing',
  async (key) => {
    vi.resetModules();
    const { ModelField } = await import('../../../../web/ask/model/model-field.tsx');
    const unknown = { contextTokens: null, inputUsd: null, outputUsd: null };
    const models = ['m1', 'm2'].map((id) => ({ id, name: `Model ${id}`, ...unknown }));
    const field = { models, model: 'm1', onModel: () => {}, disabled: false, problem: undefined };
    render(<ModelField provider="own" {...field} />);
    const closed = screen.getByRole('combobox', { name: 'Model' });
    closed.focus();
    // false: what the browser does by itself, to send the form, was prevented
    expect(fireEvent.keyDown(closed, { key })).toBe(false);
    expect(fireEvent.keyDown(closed, { key: 'Enter', ctrlKey: true })).toBe(true);
    expect(await screen.findByRole('listbox')).toBeVisible();
  },
);

test.each([
  { typed: 'acme-tuned-1', stays: 'acme-tuned-1', told: 0 },
  { typed: KEY, stays: '', told: 1 },
])('what is typed before the field’s own part has come: $stays stays', async ({ typed, stays, told }) => {
  // Another test may have fetched the part.
  vi.resetModules();
  const { ModelField } = await import('../../../../web/ask/model/model-field.tsx');
  function Form(): ReactElement {
    const [model, setModel] = useState('');
    return (
      <ModelField
        provider="own"
        models={[]}
        model={model}
        onModel={setModel}
        disabled={false}
        problem={undefined}
      />
    );
  }
  render(<Form />);
  const early = screen.getByLabelText('Model id');
  expect(early).not.toBeRequired();
  fireEvent.change(early, { target: { value: typed } });
  early.focus();

  await waitFor(() => expect(screen.getByLabelText('Model id')).toBeRequired());
  expect(screen.getByLabelText('Model id')).toHaveValue(stays);
  expect(screen.getByLabelText('Model id')).toHaveFocus();
  expect(screen.queryAllByText(/That looks like a key, and was not kept/)).toHaveLength(told);
  fireEvent.change(screen.getByLabelText('Model id'), { target: { value: 'acme-tuned-2' } });
  expect(screen.getByLabelText('Model id')).toHaveValue('acme-tuned-2');
});
