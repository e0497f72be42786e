import { useState } from 'preact/hooks';
import type { AddressView, ForgetAnswer } from '../../../api.ts';
import { Notice } from '../../parts/badge.tsx';
import { Confirm } from '../../parts/dialog.tsx';
import { post } from '../../parts/fetch.ts';
import { Check } from '../../parts/field.tsx';
import { Text } from '../../parts/text.tsx';
import { scopeWords } from '../../parts/words.ts';

/** Says what forgetting does, has it confirmed, and does it. */
export const ForgetDialog = ({
  view: { address, entries },
  unblock,
  onDone,
  onClose,
}: {
  readonly view: AddressView;
  /** Whether the entries are deleted, blocks and all. */
  readonly unblock: boolean;
  readonly onDone: (answer: ForgetAnswer) => void;
  readonly onClose: () => void;
}) => {
  const [sure, setSure] = useState(false);
  const blocking = entries.filter(({ blocks }) => blocks).map(({ scope }) => scopeWords(scope));
  return (
    <Confirm
      title={unblock ? 'Forget all, and unblock' : 'Forget texts and names'}
      confirm={unblock ? 'Delete entries' : 'Forget'}
      kind="danger"
      ready={sure}
      onConfirm={async () => onDone(await post<ForgetAnswer>('/forget', { address, unblock }))}
      onClose={onClose}
    >
      {unblock ? (
        <>
          <p>
            Every entry of <Text>{address}</Text> is deleted, in every scope, with what blocks it: it may be mailed
            again. Feedback that is still under way is learnt anew.
          </p>
          {blocking.length === 0 ? null : <Notice tone="bad">It blocks mail now: {blocking.join(', ')}.</Notice>}
        </>
      ) : (
        <p>
          What remote servers said of <Text>{address}</Text> and whom they named, and operators' names and notes, are
          dropped in every scope. Address, scope, times, codes and ids stay: what blocks it does, too.
        </p>
      )}
      <p class="hint">
        It cannot be taken back. Backups of the table, queues, logs, SES's own list and your own files are not touched.
      </p>
      <Check
        label={unblock ? 'Yes, delete its entries and unblock it' : 'Yes, forget what was said'}
        checked={sure}
        onChange={setSure}
      />
    </Confirm>
  );
};
