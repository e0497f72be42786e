import '../../styles/rates.css';
import type { Rates } from '../../../api.ts';
import { Button } from '../../parts/button.tsx';
import { Segmented } from '../../parts/choice.tsx';
import { get } from '../../parts/fetch.ts';
import { go, link, useRoute } from '../../parts/route.ts';
import { ProblemBox } from '../../parts/states.tsx';
import { useLoaded } from '../../parts/use-loaded.ts';
import { View } from '../../parts/view.tsx';
import { Board } from './board.tsx';
import { Skeleton } from './skeleton.tsx';
import { minuteText } from './words.ts';

const DAY = '24';
const WINDOWS = [
  { value: DAY, label: 'Day' },
  { value: '168', label: 'Week' },
  { value: '720', label: 'Month' },
  { value: '1440', label: '60 days' },
];

/** Another window may stand in the address. */
const windowsWith = (hours: string) =>
  WINDOWS.some(({ value }) => value === hours) || !/^\d{1,4}$/.test(hours)
    ? WINDOWS
    : [{ value: hours, label: `${hours} hours` }, ...WINDOWS];

/** How far the account is from SES's lines. */
export default () => {
  const hours = useRoute().query.get('hours') ?? DAY;
  const { value, problem, loading, reload } = useLoaded(`/rates ${hours}`, (signal) =>
    get<Rates>('/rates', { hours }, signal),
  );
  return (
    <View
      title="Rates"
      intro={
        <>
          Bounces and complaints, against the lines at which SES acts.
          {value === undefined ? null : (
            <>
              {' '}
              <span class="time">{minuteText(value.since)}</span> to <span class="time">{minuteText(value.until)}</span>{' '}
              UTC.
            </>
          )}
        </>
      }
      actions={
        <>
          <Segmented
            label="Time"
            options={windowsWith(hours)}
            value={hours}
            onChange={(chosen) => go(link('rates', [], { hours: chosen }), { replace: true })}
          />
          <Button onClick={reload} busy={loading && value !== undefined}>
            Refresh
          </Button>
        </>
      }
    >
      {problem === null ? null : <ProblemBox problem={problem} onRetry={reload} />}
      {value === undefined ? problem === null ? <Skeleton /> : null : <Board rates={value} />}
    </View>
  );
};
