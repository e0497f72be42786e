import type { ComponentChildren } from 'preact';
import type { Rates } from '../../../api.ts';
import { link } from '../../parts/route.ts';
import { Card } from '../../parts/view.tsx';
import { type Bar, Bars } from './bars.tsx';
import { number } from './words.ts';

const Counts = ({
  title,
  hint,
  bars,
  none,
}: {
  readonly title: string;
  readonly hint: ComponentChildren;
  readonly bars: readonly Bar[];
  readonly none: string;
}) => (
  <Card>
    <section class="rates-counts" aria-label={title}>
      <div>
        <h2>{title}</h2>
        <p class="hint">{hint}</p>
      </div>
      {bars.length === 0 ? <p class="muted">{none}</p> : <Bars label={title} bars={bars} />}
    </section>
  </Card>
);

/** Where those entries are in the list, which knows days and no hours. */
const entriesOf = (reason: string, since: string): string | undefined => {
  const from = since.slice(0, 10);
  if (reason === 'allowed') return link('list', [], { status: 'allowed', from });
  return reason === 'no reason' ? undefined : link('list', [], { reason, from });
};

/** What became of the list in the window: entries by reason. */
export const Reasons = ({ rates: { list, since } }: { readonly rates: Rates }) => (
  <Counts
    title="Changed in the list, by reason"
    hint={`${list.complete ? '' : 'At least '}${number(list.entries)} suppressed or allowed`}
    none="Nothing changed."
    bars={list.byReason.map(({ reason, count }) => {
      const href = entriesOf(reason, since);
      return { name: reason, count, ...(href === undefined ? {} : { href }) };
    })}
  />
);

const ruleBars = (rules: Rates['feedback']): readonly Bar[] => rules.map(({ rule, count }) => ({ name: rule, count }));

/** What SES said of recipients, by what the decision table made of it. */
export const Feedback = ({ rates: { feedback } }: { readonly rates: Rates }) => (
  <Counts
    title="Feedback, by rule"
    hint="What SES said of recipients, by the row of the decision table."
    none="No feedback came in."
    bars={ruleBars(feedback)}
  />
);

/** The same of the mailbox simulator, which rates leave out; nothing where it was not mailed. */
export const Simulator = ({ rates: { simulator } }: { readonly rates: Rates }) =>
  simulator.length === 0 ? null : (
    <Counts
      title="Feedback of the mailbox simulator"
      hint="It is left out of rates, as SES does."
      none=""
      bars={ruleBars(simulator)}
    />
  );
