import { useEffect, useRef, useState } from 'preact/hooks';
import { Field } from '../../parts/field.tsx';

/** Nobody types on for so long. */
const PAUSE_MS = 300;
const MOST_CHARS = 320;

/** Where an address is searched for: what is typed counts after a moment, with Enter at once. */
export const SearchBox = ({
  value,
  onSearch,
}: {
  readonly value: string;
  readonly onSearch: (search: string) => void;
}) => {
  const [text, setText] = useState(value);
  const told = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  useEffect(() => {
    if (value === told.current) return;
    clearTimeout(timer.current);
    told.current = value;
    setText(value);
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const tell = (search: string) => {
    clearTimeout(timer.current);
    if (search === told.current) return;
    told.current = search;
    onSearch(search);
  };
  const type = (typed: string) => {
    setText(typed);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => tell(typed.trim()), PAUSE_MS);
  };
  return (
    <form
      class="list-search"
      onSubmit={(event) => {
        event.preventDefault();
        tell(text.trim());
      }}
    >
      <Field label="Search addresses" hideLabel>
        {(of) => (
          <input
            {...of}
            type="search"
            placeholder="An address, or a part of one"
            maxLength={MOST_CHARS}
            autoComplete="off"
            autoCapitalize="none"
            spellcheck={false}
            value={text}
            onInput={(event) => type(event.currentTarget.value)}
          />
        )}
      </Field>
    </form>
  );
};
