import { useState } from 'preact/hooks';
import type { Rates } from '../../../api.ts';
import { Notice } from '../../parts/badge.tsx';
import { useDeployment } from '../../parts/deployment.ts';
import { link } from '../../parts/route.ts';
import { Empty } from '../../parts/states.tsx';
import { Feedback, Reasons, Simulator } from './counts.tsx';
import { RateCard } from './rate-card.tsx';
import { isSimulatorOnly, RATE_KINDS } from './rate-kind.ts';
import { Recipients } from './recipients.tsx';
import { VolumeCard } from './volume-card.tsx';

const isEmpty = ({ own, ses, feedback, simulator, recipients, streams, list }: Rates): boolean =>
  (own.volume ?? 0) === 0 &&
  [...feedback, ...simulator].length === 0 &&
  ses.bounces === null &&
  ses.complaints === null &&
  recipients.sent + recipients.suppressed + recipients.refused === 0 &&
  streams.every(({ total }) => total === 0) &&
  list.entries === 0;

/** Words between backticks are code. */
const Coded = ({ children }: { readonly children: string }) => (
  <>{children.split('`').map((part, i) => (i % 2 === 1 ? <code key={part}>{part}</code> : part))}</>
);

const Nothing = () => {
  const desk = useDeployment()?.desk === true;
  return (
    <Empty title="Nothing was counted in this time">
      <p>
        New counts take a minute or two to show.{' '}
        {desk ? (
          <>
            <a href={link('try')}>Send a mail</a> to begin; the mailbox simulator is left out of rates, as SES does.
          </>
        ) : (
          'A longer time may show more.'
        )}
      </p>
    </Empty>
  );
};

/** Why charts may be without a line. */
const Notes = ({ rates }: { readonly rates: Rates }) => {
  if (isSimulatorOnly(rates))
    return (
      <Notice>
        <p>
          Only the mailbox simulator was mailed. Feedback of the mailbox simulator is left out of rates, as SES does; it
          is counted for itself below.
        </p>
      </Notice>
    );
  if (rates.unknown === null) return null;
  return (
    <Notice tone="notice">
      <p>
        <Coded>{rates.unknown}</Coded>
      </p>
    </Notice>
  );
};

/** All that was counted in a window. */
export const Board = ({ rates }: { readonly rates: Rates }) => {
  const [at, setAt] = useState<number | null>(null);
  if (isEmpty(rates)) return <Nothing />;
  return (
    <>
      <Notes rates={rates} />
      <div class="rate-cards">
        {RATE_KINDS.map((kind) => (
          <RateCard key={kind.of} rates={rates} kind={kind} at={at} onAt={setAt} />
        ))}
      </div>
      <p class="hint">
        SES reckons its own rates over a volume that it does not tell, so the two differ. Ours are counts of CloudWatch,
        which all deployments of an account and Region share; the mailbox simulator is left out.
      </p>
      <VolumeCard rates={rates} />
      <div class="count-cards">
        <Reasons rates={rates} />
        <Feedback rates={rates} />
        <Simulator rates={rates} />
        <Recipients rates={rates} />
      </div>
    </>
  );
};
