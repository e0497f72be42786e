import type { BoxLook } from '../../../api.ts';
import { Status } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Text, visible } from '../../parts/text.tsx';
import { Time } from '../../parts/time.tsx';
import { counted } from '../../parts/words.ts';

type Cause = BoxLook['causes'][number];

const Row = ({
  cause,
  busy,
  onPutBack,
}: {
  readonly cause: Cause;
  readonly busy: boolean;
  readonly onPutBack: (() => void) | undefined;
}) => {
  const { code, letters, goes, stays, oldest, example } = cause;
  return (
    <tr>
      <th scope="row" data-label="Cause" class="cause-code">
        <code>
          <Text>{code}</Text>
        </code>
      </th>
      <td class="number" data-label="Letters">
        {letters.toLocaleString('en')}
      </td>
      <td class="number" data-label="Can go back">
        {goes.toLocaleString('en')}
      </td>
      <td data-label="Oldest">
        {oldest === null ? <span class="muted">–</span> : <Time iso={oldest} form="minute" />}
      </td>
      <td data-label="For example">
        <div class="example">
          <Text>{example}</Text>
          {stays.map((why) => (
            <Status key={why} tone="notice">
              <Text>{`${why}, and stays`}</Text>
            </Status>
          ))}
        </div>
      </td>
      <td data-label="">
        {onPutBack === undefined || goes === 0 ? null : (
          <Button
            small
            busy={busy}
            onClick={onPutBack}
            aria-label={`Put back ${counted(goes, 'letter')} with the cause ${visible(code)}`}
          >
            Put back
          </Button>
        )}
      </td>
    </tr>
  );
};

/** What is in a dead-letter queue, by cause. */
export const CausesTable = ({
  label,
  causes,
  busy,
  onPutBack,
}: {
  readonly label: string;
  readonly causes: readonly Cause[];
  /** Letters are being moved. */
  readonly busy: boolean;
  /** Absent: they have nowhere to go. */
  readonly onPutBack: ((cause: Cause) => void) | undefined;
}) => (
  <Scroll label={label}>
    <table class="table cards">
      <caption class="visually-hidden">{label}</caption>
      <thead>
        <tr>
          <th scope="col">Cause</th>
          <th scope="col" class="number">
            Letters
          </th>
          <th scope="col" class="number">
            Can go back
          </th>
          <th scope="col">Oldest</th>
          <th scope="col">For example</th>
          <th scope="col">
            <span class="visually-hidden">Action</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {causes.map((cause) => (
          <Row
            key={cause.code}
            cause={cause}
            busy={busy}
            onPutBack={onPutBack === undefined ? undefined : () => onPutBack(cause)}
          />
        ))}
      </tbody>
    </table>
  </Scroll>
);
