import { useState } from 'preact/hooks';
import type { DecideAnswer } from '../../../api.ts';
import { Confirm } from '../../parts/dialog.tsx';
import { post } from '../../parts/fetch.ts';
import { Field } from '../../parts/field.tsx';
import { OperatorNote } from '../../parts/operator-note.tsx';
import { ScopeInput } from '../../parts/scope-input.tsx';
import { Text } from '../../parts/text.tsx';
import { EVERYWHERE } from '../../parts/words.ts';

const MOST_CHARS = 320;

/** Asks for what it takes to put an address on the list, and does it. */
export const AddDialog = ({
  address: given,
  onDone,
  onClose,
}: {
  /** Absent: it is asked for. */
  readonly address?: string;
  readonly onDone: (answer: DecideAnswer) => void;
  readonly onClose: () => void;
}) => {
  const [address, setAddress] = useState(given ?? '');
  const [scope, setScope] = useState(EVERYWHERE);
  const [note, setNote] = useState('');
  return (
    <Confirm
      title={given === undefined ? 'Add an address' : 'Add in a scope'}
      confirm="Add"
      ready={address.trim() !== '' && scope.trim() !== '' && note.trim() !== ''}
      onConfirm={async () =>
        onDone(
          await post<DecideAnswer>('/decide', {
            action: 'add',
            address: address.trim(),
            scope: scope.trim(),
            note: note.trim(),
          }),
        )
      }
      onClose={onClose}
    >
      <p>
        {given === undefined ? 'The address' : <Text>{given}</Text>} is suppressed in this scope, without end, until
        somebody removes it. SES's own list is not touched.
      </p>
      {given === undefined ? (
        <Field label="Address">
          {(of) => (
            <input
              {...of}
              type="text"
              inputMode="email"
              required
              maxLength={MOST_CHARS}
              autoComplete="off"
              autoCapitalize="none"
              spellcheck={false}
              placeholder="pat@target.example"
              value={address}
              onInput={(event) => setAddress(event.currentTarget.value)}
            />
          )}
        </Field>
      ) : null}
      <Field label="Scope" hint="* is everywhere; or the name of a stream, or tenant:NAME.">
        {(of) => <ScopeInput of={of} value={scope} onInput={setScope} />}
      </Field>
      <OperatorNote value={note} onInput={setNote} />
    </Confirm>
  );
};
