import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Text } from './text.tsx';

/** One thing that can be chosen. */
export interface Option<T extends string = string> {
  readonly value: T;
  readonly label: string;
}

/**
 * One of few, all in sight.
 *
 * @example <Segmented label="Window" options={[{ value: '24', label: '24 h' }, …]} value={hours} onChange={setHours} />
 */
export const Segmented = <T extends string>({
  label,
  options,
  value,
  onChange,
}: {
  /** For screen readers. */
  readonly label: string;
  readonly options: readonly Option<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}) => {
  const name = useId();
  return (
    <fieldset class="segmented">
      <legend class="visually-hidden">{label}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
};

/**
 * Any of several, behind a button that says how many are chosen; none chosen means all. Escape and a click elsewhere close it.
 *
 * @example <Choices label="Reason" options={reasons} chosen={chosen} onChange={(reason) => filter({ reason })} />
 */
export const Choices = <T extends string>({
  label,
  options,
  chosen,
  onChange,
}: {
  readonly label: string;
  readonly options: readonly Option<T>[];
  readonly chosen: readonly T[];
  readonly onChange: (chosen: readonly T[]) => void;
}) => {
  const [open, setOpen] = useState(false);
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!open) return;
    const elsewhere = (event: Event) => {
      if (event.target instanceof Node && box.current?.contains(event.target) === false) setOpen(false);
    };
    const leave = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      setOpen(false);
      button.current?.focus();
    };
    addEventListener('pointerdown', elsewhere);
    addEventListener('focusin', elsewhere);
    addEventListener('keydown', leave);
    return () => {
      removeEventListener('pointerdown', elsewhere);
      removeEventListener('focusin', elsewhere);
      removeEventListener('keydown', leave);
    };
  }, [open]);

  const first = options.find((option) => option.value === chosen[0])?.label ?? chosen[0] ?? '';
  const said = chosen.length === 0 ? 'all' : chosen.length === 1 ? first : `${chosen.length} chosen`;
  const toggle = (value: T, on: boolean) =>
    onChange(options.map((each) => each.value).filter((each) => (each === value ? on : chosen.includes(each))));
  return (
    <div class="choices" ref={box}>
      <button
        ref={button}
        type="button"
        class={chosen.length === 0 ? 'choices-button' : 'choices-button chosen'}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        <span class="choices-label">{label}:</span> <Text>{said}</Text>
        <span class="caret" aria-hidden="true" />
      </button>
      {open ? (
        <fieldset id={id} class="choices-list">
          <legend class="visually-hidden">{label}</legend>
          {options.map((option) => (
            <label key={option.value} class="check">
              <input
                type="checkbox"
                checked={chosen.includes(option.value)}
                onChange={(event) => toggle(option.value, event.currentTarget.checked)}
              />
              <span>
                <Text>{option.label}</Text>
              </span>
            </label>
          ))}
          {chosen.length === 0 ? null : (
            <button type="button" class="button quiet small" onClick={() => onChange([])}>
              Show all
            </button>
          )}
        </fieldset>
      ) : null}
    </div>
  );
};
