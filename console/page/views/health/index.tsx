import '../../styles/health.css';
import { useContext, useEffect, useRef } from 'preact/hooks';
import type { Health, Queues } from '../../../api.ts';
import { announce } from '../../parts/announce.ts';
import { Button } from '../../parts/button.tsx';
import { get } from '../../parts/fetch.ts';
import { Loading, ProblemBox, ToldAbove } from '../../parts/states.tsx';
import { Time } from '../../parts/time.tsx';
import { useLoaded } from '../../parts/use-loaded.ts';
import { View } from '../../parts/view.tsx';
import { Attention, Checks, Summary } from './checks.tsx';
import { DeadLetters } from './dead-letters.tsx';

/** The findings of `doctor`; `again` does not make do with those that the server has kept. */
const useHealth = () => {
  const fresh = useRef(false);
  const loaded = useLoaded('/health', (signal) =>
    get<Health>('/health', { fresh: fresh.current ? '1' : null }, signal),
  );
  const { value, reload } = loaded;
  const again = () => {
    fresh.current = true;
    reload();
  };
  useEffect(() => {
    if (value !== undefined && fresh.current) announce(`${value.summary.head}; ${value.summary.rest}.`);
  }, [value]);
  return { ...loaded, again };
};

/** What is wrong with a deployment, and its dead letters. */
export default () => {
  const { value: health, problem, loading, again } = useHealth();
  const told = useContext(ToldAbove);
  const queues = useLoaded('/queues', (signal) => get<Queues>('/queues', {}, signal));
  const lookAgain = () => {
    again();
    queues.reload();
  };
  return (
    <View
      title="Health"
      intro="Everything that this deployment depends on, as “doctor” checks it."
      actions={
        <div class="row">
          {health === undefined ? null : (
            <span class="muted">
              Looked at <Time iso={health.at} form="short" />
            </span>
          )}
          <Button busy={loading} onClick={lookAgain}>
            Look again
          </Button>
        </div>
      }
    >
      {problem === null ? null : <ProblemBox problem={problem} onRetry={again} />}
      {health === undefined && loading ? (
        <div class="looking">
          <Loading what="the checks" />
          <p class="hint">SES is asked once a second, so it takes some seconds.</p>
        </div>
      ) : null}
      {health === undefined ? null : <Summary summary={health.summary} />}
      {health === undefined ? null : <Attention findings={health.findings} />}
      <ToldAbove.Provider value={problem ?? told}>
        <DeadLetters queues={queues} onMoved={lookAgain} />
      </ToldAbove.Provider>
      {health === undefined ? null : <Checks findings={health.findings} />}
    </View>
  );
};
