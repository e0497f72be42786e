import type { FindingView, Health } from '../../../api.ts';
import { Notice, Status, type Tone } from '../../parts/badge.tsx';
import { Card, Section } from '../../parts/view.tsx';
import { FindingLine } from './finding-line.tsx';

const TONES: Readonly<Record<Health['summary']['standing'], Tone>> = { good: 'good', unknown: 'notice', bad: 'bad' };

/** All of it in one sentence, as `doctor` ends. */
export const Summary = ({ summary: { standing, head, rest } }: { readonly summary: Health['summary'] }) => (
  <Notice tone={TONES[standing]}>
    <strong>{head}</strong>; {rest}.
  </Notice>
);

const keyOf = ({ check, about, message }: FindingView): string => `${check} ${about} ${message}`;

const Lines = ({ of }: { readonly of: readonly FindingView[] }) => (
  <ul class="findings">
    {of.map((finding) => (
      <FindingLine key={keyOf(finding)} finding={finding} />
    ))}
  </ul>
);

/** What is wrong, wherever it is. */
export const Attention = ({ findings }: { readonly findings: readonly FindingView[] }) => {
  const wrong = findings.filter(({ status }) => status === 'wrong');
  return wrong.length === 0 ? null : (
    <Section title="Needs attention">
      <Card>
        <Lines of={wrong} />
      </Card>
    </Section>
  );
};

const Group = ({ name, findings }: { readonly name: string; readonly findings: readonly FindingView[] }) => {
  const fine = findings.filter(({ status }) => status === 'ok');
  const wrong = findings.filter(({ status }) => status === 'wrong');
  const others = findings.filter(({ status }) => status === 'note' || status === 'unknown');
  return (
    <section class="check-group" aria-label={name}>
      <h3>{name}</h3>
      <div class="check-group-body">
        {wrong.length === 0 ? null : <Status tone="bad">{wrong.length} wrong, above</Status>}
        {others.length === 0 ? null : <Lines of={others} />}
        {fine.length === 0 ? null : (
          <details>
            <summary>
              <Status tone="good">{fine.length} ok</Status>
            </summary>
            <Lines of={fine} />
          </details>
        )}
      </div>
    </section>
  );
};

/** Every check, group by group: what is fine is folded up. */
export const Checks = ({ findings }: { readonly findings: readonly FindingView[] }) => {
  const here = findings.filter(({ status }) => status !== 'not-checked-locally');
  const elsewhere = findings.filter(({ status }) => status === 'not-checked-locally').map(({ check }) => check);
  return (
    <Section title="Checks">
      <Card>
        {[...new Set(here.map(({ group }) => group))].map((name) => (
          <Group key={name} name={name} findings={here.filter(({ group }) => group === name)} />
        ))}
        {elsewhere.length === 0 ? null : (
          <p class="not-locally muted">Not checked locally: {[...new Set(elsewhere)].join(', ')}.</p>
        )}
      </Card>
    </Section>
  );
};
