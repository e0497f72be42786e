import type { AddressView, ForgetAnswer } from '../../../api.ts';
import { visible } from '../../parts/text.tsx';
import { counted } from '../../parts/words.ts';
import { AddDialog } from './add-dialog.tsx';
import { AllowDialog } from './allow-dialog.tsx';
import { decidedWords } from './decided-words.ts';
import { ForgetDialog } from './forget-dialog.tsx';
import { RemoveDialog } from './remove-dialog.tsx';

/** What somebody is about to do. */
export type Asking =
  | { readonly what: 'remove' | 'allow'; readonly scope: string }
  | { readonly what: 'add' | 'forget' | 'unblock' };

const forgottenWords = ({ address, scopes }: ForgetAnswer, unblock: boolean): string => {
  if (scopes.length === 0) return `The list knew nothing of ${visible(address)}.`;
  return unblock
    ? `${counted(scopes.length, 'entry', 'entries')} of ${visible(address)} deleted.`
    : `Texts and names of ${visible(address)} are forgotten in ${counted(scopes.length, 'scope')}.`;
};

/** The dialog that is open. */
export const Asked = ({
  asking,
  view,
  onDone,
  onClose,
}: {
  readonly asking: Asking;
  readonly view: AddressView;
  readonly onDone: (words: readonly string[]) => void;
  readonly onClose: () => void;
}) => {
  const { address } = view;
  switch (asking.what) {
    case 'remove':
      return (
        <RemoveDialog
          view={view}
          scope={asking.scope}
          onClose={onClose}
          onDone={(answer) => onDone(decidedWords('remove', answer))}
        />
      );
    case 'allow':
      return (
        <AllowDialog
          address={address}
          scope={asking.scope}
          onClose={onClose}
          onDone={(answer) => onDone(decidedWords('allow', answer))}
        />
      );
    case 'add':
      return <AddDialog address={address} onClose={onClose} onDone={(answer) => onDone(decidedWords('add', answer))} />;
    case 'forget':
    case 'unblock':
      return (
        <ForgetDialog
          view={view}
          unblock={asking.what === 'unblock'}
          onClose={onClose}
          onDone={(answer) => onDone([forgottenWords(answer, asking.what === 'unblock')])}
        />
      );
  }
};
