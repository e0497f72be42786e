import type { ComponentChildren } from 'preact';
import type { EntryView, EvidenceView } from '../../../api.ts';
import { Badge, type Tone } from '../../parts/badge.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { Text } from '../../parts/text.tsx';
import { Time } from '../../parts/time.tsx';
import { type Moment, momentsOf } from './moments.ts';

const toneOf = ({ inForce, lifts }: EvidenceView): Tone => {
  if (inForce) return 'bad';
  return lifts ? 'good' : 'plain';
};

const Message = ({ id }: { readonly id: string }) =>
  id === '' ? null : (
    <span class="moment-message">
      Message <Text mono>{id}</Text> <CopyButton text={id} what="the message id" />
    </span>
  );

const Evidence = ({ piece }: { readonly piece: EvidenceView }) => {
  const { rule, because, reason, weight, type, subtype, status, messageId, diagnostic, reported, source } = piece;
  return (
    <>
      <p class="moment-title">
        <strong>
          <Text>{rule}</Text>
        </strong>
        : <Text>{because ?? reason}</Text>{' '}
        <Badge tone={toneOf(piece)}>
          <Text>{weight}</Text>
        </Badge>
      </p>
      <p class="moment-facts">
        <Text>{subtype === null ? type : `${type} ${subtype}`}</Text>
        {status === null ? null : (
          <>
            , status <Text>{status}</Text>
          </>
        )}
      </p>
      {messageId === null ? null : (
        <p class="moment-facts">
          <Message id={messageId} />
        </p>
      )}
      {diagnostic === null ? null : (
        <figure class="said">
          <figcaption>The server said</figcaption>
          <blockquote>
            <Text>{diagnostic}</Text>
          </blockquote>
        </figure>
      )}
      {reported === null ? null : (
        <figure class="said">
          <figcaption>Reported for</figcaption>
          <blockquote>
            <Text>{reported}</Text>
          </blockquote>
        </figure>
      )}
      {source === null ? null : (
        <p class="hint">
          Source: <Text>{source}</Text>
        </p>
      )}
    </>
  );
};

const ACTION = { add: 'Added', allow: 'Allowed', remove: 'Removed' } as const;

const Decision = ({ decision: { action, by, note } }: { readonly decision: NonNullable<EntryView['operator']> }) => (
  <>
    <p class="moment-title">
      <strong>{ACTION[action]}</strong>{' '}
      {by === '' ? (
        'by an operator'
      ) : (
        <>
          by <Text>{by}</Text>
        </>
      )}
    </p>
    {note === '' ? null : (
      <figure class="said">
        <figcaption>Note</figcaption>
        <blockquote>
          <Text>{note}</Text>
        </blockquote>
      </figure>
    )}
  </>
);

const Delivery = ({ messageId, meaning }: { readonly messageId: string; readonly meaning: string }) => (
  <>
    <p class="moment-title">
      <strong>Delivered</strong>
      {meaning === '' ? null : `: ${meaning}`}
    </p>
    <p class="moment-facts">
      <Message id={messageId} />
    </p>
  </>
);

const contentOf = (moment: Moment): { readonly tone: Tone; readonly content: ComponentChildren } => {
  switch (moment.kind) {
    case 'evidence':
      return { tone: toneOf(moment.evidence), content: <Evidence piece={moment.evidence} /> };
    case 'delivery':
      return { tone: 'good', content: <Delivery {...moment} /> };
    case 'operator':
      return { tone: 'accent', content: <Decision decision={moment.decision} /> };
    case 'cleared':
      return { tone: 'accent', content: <p class="moment-title">Cleared: everything up to then is void</p> };
    case 'forgotten':
      return { tone: 'accent', content: <p class="moment-title">Texts and names up to then are forgotten</p> };
  }
};

/** What happened to an entry, oldest first. */
export const Timeline = ({ entry }: { readonly entry: EntryView }) => (
  <ol class="timeline">
    {momentsOf(entry).map((moment, i) => {
      const { tone, content } = contentOf(moment);
      return (
        <li key={`${moment.at} ${moment.kind} ${i}`} class={`moment ${tone}`}>
          <p class="moment-at">
            <Time iso={moment.at} />
          </p>
          <div class="moment-content">{content}</div>
        </li>
      );
    })}
  </ol>
);
