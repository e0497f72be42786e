import { Field } from '../../parts/field.tsx';
import { scopeTitle } from '../../parts/words.ts';

/** Every scope, where that may be chosen. */
export const ALL_SCOPES = '';

/** Chooses one of the scopes that an address has entries in. */
export const ScopeChoice = ({
  scopes,
  withAll,
  value,
  onChange,
}: {
  readonly scopes: readonly string[];
  readonly withAll: boolean;
  readonly value: string;
  readonly onChange: (scope: string) => void;
}) => (
  <Field label="Scope">
    {(of) => (
      <select {...of} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {withAll ? <option value={ALL_SCOPES}>Every scope</option> : null}
        {scopes.map((scope) => (
          <option key={scope} value={scope}>
            {scopeTitle(scope)}
          </option>
        ))}
      </select>
    )}
  </Field>
);
