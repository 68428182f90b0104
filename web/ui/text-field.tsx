import { type ComponentProps, type ReactElement, useId } from 'react';

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'id' | 'aria-invalid' | 'aria-describedby'> {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
}

/** An input with its label, and below it a hint or what is wrong. */
export function TextField({ label, hint, problem, ...input }: TextFieldProps): ReactElement {
  const id = useId();
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <input
        {...input}
        id={id}
        aria-invalid={problem !== undefined}
        aria-describedby={hint || problem ? `${id}-note` : undefined}
      />
      {(problem ?? hint) && (
        <p
          id={`${id}-note`}
          className={problem ? 'small bad' : 'small soft'}
          role={problem ? 'alert' : undefined}
        >
          {problem ?? hint}
        </p>
      )}
    </div>
  );
}
