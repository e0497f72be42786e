import type { EntryView } from '../../../api.ts';
import { Badge, Notice, type Tone } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Text } from '../../parts/text.tsx';
import { Time } from '../../parts/time.tsx';
import { Card, Section } from '../../parts/view.tsx';
import { scopeTitle, scopeWords } from '../../parts/words.ts';
import { Timeline } from './timeline.tsx';

const toneOf = ({ status, blocks }: EntryView): Tone => {
  if (status === 'allowed') return 'good';
  return blocks ? 'bad' : 'plain';
};

const Until = ({ entry: { status, until, blocks } }: { readonly entry: EntryView }) => {
  if (status === 'watched') return null;
  if (until === null) return <>no end</>;
  return (
    <>
      {blocks ? null : 'ended '}
      <Time iso={until} form="minute" />
    </>
  );
};

const when = (iso: string | null) => (iso === null ? null : <Time iso={iso} form="minute" />);

const Lines = ({ title, of }: { readonly title: string; readonly of: readonly string[] }) =>
  of.length === 0 ? null : (
    <div>
      <h3>{title}</h3>
      <ul class="entry-lines">
        {of.map((line) => (
          <li key={line}>
            <Text>{line}</Text>
          </li>
        ))}
      </ul>
    </div>
  );

/** Why one entry stands as it does, and what can be done about it. */
export const EntryCard = ({
  entry,
  onRemove,
  onAllow,
}: {
  readonly entry: EntryView;
  /** Absent where nothing can be changed. */
  readonly onRemove: (() => void) | null;
  readonly onAllow: (() => void) | null;
}) => {
  const title = scopeTitle(entry.scope);
  return (
    <Section
      title={title}
      actions={
        <>
          {onRemove === null ? null : (
            <Button small aria-label={`Remove … ${scopeWords(entry.scope)}`} onClick={onRemove}>
              Remove …
            </Button>
          )}
          {onAllow === null || entry.status === 'allowed' ? null : (
            <Button small aria-label={`Allow … ${scopeWords(entry.scope)}`} onClick={onAllow}>
              Allow …
            </Button>
          )}
        </>
      }
    >
      <Card>
        <div class="entry-card">
          <p class="entry-headline">
            <Text>{entry.headline}</Text>
          </p>
          {entry.otherPolicy ? (
            <Notice tone="notice">
              The entry was written under another policy: what the list says of it holds until it changes again.
            </Notice>
          ) : null}
          <Facts
            of={[
              [
                'Status',
                <span key="status">
                  <Badge tone={toneOf(entry)}>{entry.status}</Badge>
                </span>,
              ],
              ['Reason', entry.reason === null ? null : <Text>{entry.reason}</Text>],
              ['Since', when(entry.since)],
              ['Until', entry.status === 'watched' ? null : <Until key="until" entry={entry} />],
              ['Changed', when(entry.updatedAt)],
              ['Kept until', when(entry.expiresAt)],
            ]}
          />
          <Lines title="What would lift it" of={entry.lifts.map(({ reason, words }) => `${reason}: ${words}`)} />
          <Lines title="What would end the pin" of={entry.pinEnds} />
          <Lines title="Soft bounces" of={entry.strikes} />
          <div>
            <h3>What happened</h3>
            <Timeline entry={entry} />
          </div>
        </div>
      </Card>
    </Section>
  );
};
