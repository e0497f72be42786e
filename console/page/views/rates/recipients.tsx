import type { Rates } from '../../../api.ts';
import { Card } from '../../parts/view.tsx';
import { number } from './words.ts';

/** What became of the recipients of send requests. */
export const Recipients = ({ rates: { recipients } }: { readonly rates: Rates }) => (
  <Card>
    <section class="rates-counts" aria-label="Recipients of sends">
      <h2>Recipients of sends</h2>
      <dl class="rates-figures">
        <div>
          <dt>sent</dt>
          <dd>{number(recipients.sent)}</dd>
        </div>
        <div>
          <dt>withheld</dt>
          <dd>{number(recipients.suppressed)}</dd>
        </div>
        <div>
          <dt>refused</dt>
          <dd>{number(recipients.refused)}</dd>
        </div>
      </dl>
      <p class="hint">Withheld: suppressed. Refused: no usable address.</p>
    </section>
  </Card>
);
