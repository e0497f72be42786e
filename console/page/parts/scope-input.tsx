import { useId } from 'preact/hooks';
import { useDeployment } from './deployment.ts';
import type { FieldAttributes } from './field.tsx';
import { EVERYWHERE } from './words.ts';

const MOST_CHARS = 300;

/**
 * A text for a scope, which offers those that are known: everywhere, and the streams that are counted.
 *
 * @example <Field label="Scope">{(of) => <ScopeInput of={of} value={scope} onInput={setScope} />}</Field>
 */
export const ScopeInput = ({
  of,
  value,
  placeholder,
  streamsOnly = false,
  onInput,
  onChange,
}: {
  readonly of: FieldAttributes;
  readonly value: string;
  readonly placeholder?: string;
  /** Where only a stream is meant. */
  readonly streamsOnly?: boolean;
  /** While it is typed. */
  readonly onInput?: (scope: string) => void;
  /** When it is done. */
  readonly onChange?: (scope: string) => void;
}) => {
  const list = useId();
  const streams = useDeployment()?.streams ?? [];
  const offered = streamsOnly ? streams : [EVERYWHERE, ...streams];
  return (
    <>
      <input
        {...of}
        type="text"
        list={list}
        maxLength={MOST_CHARS}
        autoComplete="off"
        autoCapitalize="none"
        spellcheck={false}
        placeholder={placeholder}
        value={value}
        onInput={(event) => onInput?.(event.currentTarget.value)}
        onChange={(event) => onChange?.(event.currentTarget.value.trim())}
      />
      <datalist id={list}>
        {offered.map((scope) => (
          <option key={scope} value={scope} />
        ))}
      </datalist>
    </>
  );
};
