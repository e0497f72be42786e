import type { Queues } from '../../../api.ts';
import { Confirm } from '../../parts/dialog.tsx';
import { Text } from '../../parts/text.tsx';
import { counted } from '../../parts/words.ts';
import { harmlessWords } from './box-words.ts';

/** Which letters are meant. */
export interface Meant {
  /** null: all. */
  readonly code: string | null;
  /** About how many. */
  readonly letters: number;
}

/** Asks before letters go back; they are moved after it is closed, which may take long. */
export const PutBack = ({
  box: { box, title, destination },
  meant: { code, letters },
  onPutBack,
  onClose,
}: {
  readonly box: Queues['boxes'][number];
  readonly meant: Meant;
  readonly onPutBack: () => void;
  readonly onClose: () => void;
}) => (
  <Confirm
    title={`Put ${code === null ? `about ${counted(letters, 'letter')}` : counted(letters, 'letter')} back?`}
    confirm="Put back"
    onClose={onClose}
    onConfirm={async () => {
      onClose();
      onPutBack();
    }}
  >
    <p>
      {title}
      {code === null ? null : (
        <>
          , with the cause{' '}
          <code>
            <Text>{code}</Text>
          </code>
        </>
      )}
      : they go back to {destination}, where they came from, and are worked on again.
    </p>
    <p>{harmlessWords(box)}</p>
    <p class="muted">What fails again comes back here.</p>
  </Confirm>
);
