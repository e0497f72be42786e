import { Badge, Notice } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import type { LiveFeed } from '../../parts/feed/use-feed.ts';
import { RawView } from '../../parts/raw-view.tsx';
import { link } from '../../parts/route.ts';
import { ProblemBox } from '../../parts/states.tsx';
import { Text } from '../../parts/text.tsx';
import { timeText } from '../../parts/time.tsx';
import { Section } from '../../parts/view.tsx';
import { scopeWords } from '../../parts/words.ts';
import { inOneSentence, problemIn, type Sent, type Withheld } from './sent.ts';
import { Trail } from './trail.tsx';

const Left = ({ of: { address, reason, scope, until } }: { readonly of: Withheld }) => (
  <>
    <Badge tone="notice">withheld</Badge>{' '}
    <a href={link('entry', [address])}>
      <Text>{address}</Text>
    </a>{' '}
    because it is suppressed {scopeWords(scope)}: <Text>{reason}</Text>,{' '}
    {until === null ? 'no end' : `ends ${timeText(until)}`}
  </>
);

/** What the send function answered, in words and whole, and what became of the mail since. */
export const Outcome = ({
  sent,
  feed,
  busy,
  onAgain,
}: {
  readonly sent: Sent;
  readonly feed: LiveFeed;
  readonly busy: boolean;
  readonly onAgain: () => void;
}) => {
  const { view, answer } = sent;
  const problem = problemIn(sent);
  const travels = view.ok || answer.suppressed.length > 0;
  const tone = answer.suppressed.length + answer.refused.length > 0 || answer.duplicate ? 'notice' : 'good';
  return (
    <>
      <Section
        title="What became of it"
        actions={
          <Button small busy={busy} onClick={onAgain}>
            Send again
          </Button>
        }
      >
        {problem === null ? (
          <Notice tone={tone}>
            <p class="problem-message">{inOneSentence(sent)}</p>
          </Notice>
        ) : (
          <ProblemBox problem={problem} />
        )}
        {answer.sent.length + answer.suppressed.length + answer.refused.length === 0 ? null : (
          <ul class="outcome-list">
            {answer.sent.map((given) => (
              <li key={`sent ${given}`}>
                <Badge tone="good">sent</Badge> <Text>{given}</Text>
              </li>
            ))}
            {answer.suppressed.map((each) => (
              <li key={`withheld ${each.address}`}>
                <Left of={each} />
              </li>
            ))}
            {answer.refused.map(({ given, code, message }) => (
              <li key={`refused ${given}`}>
                <Badge tone="bad">refused</Badge> <Text>{given}</Text>: <Text>{message}</Text>{' '}
                <code>
                  <Text>{code}</Text>
                </code>
              </li>
            ))}
          </ul>
        )}
        <details class="more">
          <summary>The whole answer</summary>
          <RawView raw={view.answer} />
        </details>
      </Section>
      {travels ? (
        <Section title="Watch it travel">
          <Trail key={sent.turn} sent={sent} feed={feed} />
        </Section>
      ) : null}
    </>
  );
};
