import { useEffect, useState } from 'preact/hooks';
import type { Queues } from '../../../api.ts';
import { Button } from '../../parts/button.tsx';
import { Loading, ProblemBox } from '../../parts/states.tsx';
import type { Loaded } from '../../parts/use-loaded.ts';
import { Section } from '../../parts/view.tsx';
import { DeadLetterBox } from './dead-letter-box.tsx';

/** What was put back and fails again is here again some time later. */
const LOOK_EVERY_MS = 30_000;

/** Every dead-letter queue of the deployment; how full they are is looked at now and then. */
export const DeadLetters = ({
  queues: { value, problem, loading, reload },
  onMoved,
}: {
  readonly queues: Loaded<Queues>;
  readonly onMoved: () => void;
}) => {
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    if (!loading) setAsked(false);
  }, [loading]);
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') reload();
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [reload]);
  const refresh = () => {
    setAsked(true);
    reload();
  };
  return (
    <Section
      title="Dead letters"
      actions={
        <Button small busy={asked} onClick={refresh}>
          Refresh
        </Button>
      }
    >
      <p class="hint">
        What could not be worked on waits here. While one looks inside, other readers of the queue do not see the
        letters; nothing is changed.
      </p>
      {problem === null ? null : <ProblemBox problem={problem} onRetry={refresh} />}
      {value === undefined ? (
        loading && <Loading what="the dead-letter queues" />
      ) : (
        <ul class="boxes">
          {value.boxes.map((box) => (
            <DeadLetterBox key={box.box} box={box} onRetry={refresh} onMoved={onMoved} />
          ))}
        </ul>
      )}
    </Section>
  );
};
