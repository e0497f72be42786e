import type { Pulse } from '../../../api.ts';

const COUNTS = [
  ['sent', 'Sent'],
  ['suppressed', 'Withheld'],
  ['refused', 'Refused'],
  ['deliveries', 'Deliveries'],
  ['bounces', 'Bounces'],
  ['complaints', 'Complaints'],
] as const;

/** What was counted of late; what nobody counts is a dash. */
export const PulseStrip = ({ pulse }: { readonly pulse: Pulse | null }) => (
  <section class="pulse" aria-label="Counts">
    <p class="pulse-when">{pulse === null ? 'Of late' : `Last ${pulse.minutes} minutes`}</p>
    <dl class="pulse-counts">
      {COUNTS.map(([name, title]) => {
        const count = pulse?.[name] ?? null;
        const alarming = (name === 'bounces' || name === 'complaints') && count !== null && count > 0;
        return (
          <div key={name} class={alarming ? 'pulse-count bad' : 'pulse-count'}>
            <dt>{title}</dt>
            <dd>
              {count === null ? (
                <>
                  <span aria-hidden="true">—</span>
                  <span class="visually-hidden">not known</span>
                </>
              ) : (
                count.toLocaleString('en')
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  </section>
);
