import { Button } from '../../parts/button.tsx';
import { Choices, Segmented } from '../../parts/choice.tsx';
import { Field } from '../../parts/field.tsx';
import { ScopeInput } from '../../parts/scope-input.tsx';
import { isFiltering, type ListFilter, NO_FILTER } from './list-filter.ts';
import { REASONS } from './reasons.ts';
import { SearchBox } from './search-box.tsx';

const REASON_OPTIONS = REASONS.map((value) => ({ value, label: value }));
const STATUS_OPTIONS = [
  { value: '', label: 'all' },
  { value: 'suppressed', label: 'suppressed' },
  { value: 'allowed', label: 'allowed' },
] as const;

const Day = ({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (day: string) => void;
}) => (
  <Field label={label}>
    {(of) => (
      <input
        {...of}
        type="date"
        class={value === '' ? 'unset' : undefined}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    )}
  </Field>
);

/** What narrows the list down. */
export const Filters = ({
  filter,
  onChange,
}: {
  readonly filter: ListFilter;
  readonly onChange: (filter: ListFilter) => void;
}) => (
  <search class="filters list-filters" aria-label="Filters">
    <SearchBox value={filter.search} onSearch={(search) => onChange({ ...filter, search })} />
    <Choices
      label="Reason"
      options={REASON_OPTIONS}
      chosen={filter.reasons}
      onChange={(reasons) => onChange({ ...filter, reasons })}
    />
    <Segmented
      label="Status"
      options={STATUS_OPTIONS}
      value={filter.status}
      onChange={(status) => onChange({ ...filter, status })}
    />
    <div class="list-in-line">
      <Field label="Scope">
        {(of) => (
          <ScopeInput
            of={of}
            value={filter.scope}
            placeholder="any"
            onChange={(scope) => onChange({ ...filter, scope })}
          />
        )}
      </Field>
      <Day label="Changed from" value={filter.from} onChange={(from) => onChange({ ...filter, from })} />
      <Day label="to" value={filter.to} onChange={(to) => onChange({ ...filter, to })} />
    </div>
    {isFiltering(filter) ? (
      <Button kind="quiet" onClick={() => onChange(NO_FILTER)}>
        Clear
      </Button>
    ) : null}
  </search>
);
