import { useState } from 'preact/hooks';
import type { DecideAnswer } from '../../../api.ts';
import { Confirm } from '../../parts/dialog.tsx';
import { post } from '../../parts/fetch.ts';
import { Field } from '../../parts/field.tsx';
import { OperatorNote } from '../../parts/operator-note.tsx';
import { ScopeInput } from '../../parts/scope-input.tsx';
import { Text } from '../../parts/text.tsx';
import { EVERYWHERE, scopeWords } from '../../parts/words.ts';

/** Asks where an address is to be pinned, says what that does, and does it. */
export const AllowDialog = ({
  address,
  scope: first,
  onDone,
  onClose,
}: {
  readonly address: string;
  readonly scope: string;
  readonly onDone: (answer: DecideAnswer) => void;
  readonly onClose: () => void;
}) => {
  const [scope, setScope] = useState(first);
  const [note, setNote] = useState('');
  return (
    <Confirm
      title="Allow whatever bounces"
      confirm="Allow"
      ready={scope.trim() !== '' && note.trim() !== ''}
      onConfirm={async () =>
        onDone(
          await post<DecideAnswer>('/decide', { action: 'allow', address, scope: scope.trim(), note: note.trim() }),
        )
      }
      onClose={onClose}
    >
      <p>
        <Text>{address}</Text> may be mailed {scope.trim() === '' ? '…' : scopeWords(scope.trim())}, without end,
        whatever bounces. Only a complaint or an unsubscribe that comes after it blocks it.
      </p>
      <p>
        {scope.trim() === EVERYWHERE ? 'It does not lift what blocks the address in one stream. ' : null}
        SES's own list is not touched and still withholds mail; removing takes an address off it.
      </p>
      <Field label="Scope" hint="* is everywhere; or the name of a stream, or tenant:NAME.">
        {(of) => <ScopeInput of={of} value={scope} onInput={setScope} />}
      </Field>
      <OperatorNote value={note} onInput={setNote} />
    </Confirm>
  );
};
