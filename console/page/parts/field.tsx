import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

/** Attributes that tie a control to its label, hint and error: spread them on the control. */
export interface FieldAttributes {
  readonly id: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: 'true';
}

/**
 * A labelled control.
 *
 * @example
 * <Field label="Note" hint="1 to 200 characters" error={error}>
 *   {(of) => <input {...of} value={note} onInput={(event) => setNote(event.currentTarget.value)} />}
 * </Field>
 */
export const Field = ({
  label,
  hint,
  error,
  hideLabel = false,
  children,
}: {
  readonly label: string;
  readonly hint?: ComponentChildren;
  /** Nothing, null and '' are no error. */
  readonly error?: string | null;
  /** For screen readers only, where the place says it to everybody else. */
  readonly hideLabel?: boolean;
  readonly children: (of: FieldAttributes) => ComponentChildren;
}) => {
  const id = useId();
  const wrong = error !== undefined && error !== null && error !== '';
  const by = [hint === undefined ? '' : `${id}-hint`, wrong ? `${id}-error` : '']
    .filter((each) => each !== '')
    .join(' ');
  return (
    <div class="field">
      <label for={id} class={hideLabel ? 'visually-hidden' : 'label'}>
        {label}
      </label>
      {children({
        id,
        ...(by === '' ? {} : { 'aria-describedby': by }),
        ...(wrong ? { 'aria-invalid': 'true' as const } : {}),
      })}
      {hint === undefined ? null : (
        <p id={`${id}-hint`} class="hint">
          {hint}
        </p>
      )}
      {wrong ? (
        <p id={`${id}-error`} class="error">
          {error}
        </p>
      ) : null}
    </div>
  );
};

/**
 * A box to tick.
 *
 * @example <Check label="Leave SES's own list alone" checked={keep} onChange={setKeep} />
 */
export const Check = ({
  label,
  hint,
  checked,
  onChange,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}) => (
  <label class="check">
    <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
    <span>
      {label}
      {hint === undefined ? null : <span class="hint">{hint}</span>}
    </span>
  </label>
);
