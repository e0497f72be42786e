import type { FindingView } from '../../../api.ts';
import { Status, type Tone } from '../../parts/badge.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { Text } from '../../parts/text.tsx';
import { pieces } from './pieces.ts';

const TONES: Readonly<Record<FindingView['status'], Tone>> = {
  ok: 'good',
  wrong: 'bad',
  note: 'accent',
  unknown: 'notice',
  'not-checked-locally': 'plain',
};

/** What to do: its commands stand apart, to be copied. */
const Fix = ({ fix, commands }: { readonly fix: string; readonly commands: readonly string[] }) => (
  <div class="fix">
    {pieces(fix, commands).map(({ text, isCommand }) =>
      isCommand ? (
        <div class="command" key={text}>
          <code>
            <Text>{text}</Text>
          </code>
          <CopyButton text={text} what="the command" />
        </div>
      ) : (
        <p key={text}>
          <Text>{text}</Text>
        </p>
      ),
    )}
  </div>
);

/** One thing that a check has found, and what to do about it. */
export const FindingLine = ({
  finding: { status, check, about, message, fix, commands },
}: {
  readonly finding: FindingView;
}) => (
  <li class="finding">
    <Status tone={TONES[status]}>{status}</Status>
    <div class="finding-words">
      <p>
        <strong>
          <Text>{about}</Text>
        </strong>{' '}
        <Text>{message}</Text>
      </p>
      {fix === null ? null : <Fix fix={fix} commands={commands} />}
    </div>
    <code class="finding-check">{check}</code>
  </li>
);
