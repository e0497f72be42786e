import { useState } from 'preact/hooks';
import type { AddressView, DecideAnswer } from '../../../api.ts';
import { Notice } from '../../parts/badge.tsx';
import { Confirm } from '../../parts/dialog.tsx';
import { post } from '../../parts/fetch.ts';
import { Check } from '../../parts/field.tsx';
import { OperatorNote } from '../../parts/operator-note.tsx';
import { Text } from '../../parts/text.tsx';
import { EVERYWHERE, scopeWords } from '../../parts/words.ts';
import { ALL_SCOPES, ScopeChoice } from './scope-choice.tsx';

/** What a recipient asked for, or as good as. */
const WISHES: readonly string[] = ['complaint', 'unsubscribe'];

/** Asks what is to be removed, says what that does, and does it. */
export const RemoveDialog = ({
  view: { address, entries },
  scope: first,
  onDone,
  onClose,
}: {
  readonly view: AddressView;
  /** The scope to begin with; `ALL_SCOPES`: every one. */
  readonly scope: string;
  readonly onDone: (answer: DecideAnswer) => void;
  readonly onClose: () => void;
}) => {
  const [scope, setScope] = useState(first);
  const [note, setNote] = useState('');
  const [keepSesList, setKeepSesList] = useState(false);
  const ofSes = scope === ALL_SCOPES || scope === EVERYWHERE;
  const wishes = [
    ...new Set(
      entries
        .filter((entry) => scope === ALL_SCOPES || entry.scope === scope)
        .flatMap(({ lifts }) => lifts.map(({ reason }) => reason))
        .filter((reason) => WISHES.includes(reason)),
    ),
  ];
  return (
    <Confirm
      title="Remove from the list"
      confirm="Remove"
      kind="danger"
      ready={note.trim() !== ''}
      onConfirm={async () =>
        onDone(
          await post<DecideAnswer>('/decide', {
            action: 'remove',
            address,
            scope: scope === ALL_SCOPES ? null : scope,
            note: note.trim(),
            keepSesList: ofSes && keepSesList,
          }),
        )
      }
      onClose={onClose}
    >
      <p>
        <Text>{address}</Text> may be mailed again {scope === ALL_SCOPES ? 'in every scope' : scopeWords(scope)}.
        Everything known of it up to now is void and stays to be seen; what happens afterwards counts.
      </p>
      {wishes.length === 0 ? null : (
        <Notice tone="notice">
          In force: {wishes.join(', ')}. The recipient did not want this mail; mailing them all the same costs your
          reputation.
        </Notice>
      )}
      <ScopeChoice scopes={entries.map((entry) => entry.scope)} withAll value={scope} onChange={setScope} />
      {ofSes ? (
        <Check
          label="Leave SES's own list alone"
          hint="Otherwise the address is taken off the account's suppression list first. If it is on it and stays there, SES refuses the next mail and it is blocked again."
          checked={keepSesList}
          onChange={setKeepSesList}
        />
      ) : (
        <p class="hint">SES's own list holds for every mail and is not touched.</p>
      )}
      <OperatorNote value={note} onInput={setNote} />
    </Confirm>
  );
};
