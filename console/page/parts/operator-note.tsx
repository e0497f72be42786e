import { useDeployment } from './deployment.ts';
import { Field } from './field.tsx';
import { Text } from './text.tsx';

const MOST_CHARS = 200;

/**
 * Why somebody decides, for whoever looks later; says under which name it will be remembered.
 *
 * @example <OperatorNote value={note} onInput={setNote} />
 */
export const OperatorNote = ({
  value,
  onInput,
}: {
  readonly value: string;
  readonly onInput: (note: string) => void;
}) => {
  const operator = useDeployment()?.operator ?? '';
  return (
    <Field
      label="Note"
      hint={
        <>
          Needed: why, for whoever looks later
          {operator === '' ? null : (
            <>
              ; kept with your name, <Text>{operator}</Text>
            </>
          )}
          .
        </>
      }
    >
      {(of) => (
        <input
          {...of}
          type="text"
          required
          maxLength={MOST_CHARS}
          autoComplete="off"
          placeholder="asked by phone, ticket 812"
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
};
