import { useEffect, useRef, useState } from 'preact/hooks';
import type { Queues } from '../../../api.ts';
import { Notice, Status } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { ProblemBox } from '../../parts/states.tsx';
import { Text } from '../../parts/text.tsx';
import { counted } from '../../parts/words.ts';
import { seenWords } from './box-words.ts';
import { CausesTable } from './causes-table.tsx';
import { type Meant, PutBack } from './put-back.tsx';
import { type BoxState, useBox } from './use-box.ts';

type BoxView = Queues['boxes'][number];

const Depth = ({ box: { depth, problem }, moving }: { readonly box: BoxView; readonly moving: boolean }) => {
  if (moving)
    return (
      <span class="box-moving">
        <span class="spinner" aria-hidden="true" /> moving …
      </span>
    );
  if (problem !== null) return <Status tone="notice">unknown</Status>;
  if (depth === null) return <Status tone="plain">no such queue here</Status>;
  return depth === 0 ? (
    <Status tone="good">no dead letters</Status>
  ) : (
    <Status tone="bad">{counted(depth, 'letter')}</Status>
  );
};

/** A sentence with commands between backticks. */
const Ticked = ({ children }: { readonly children: string }) => (
  <>{children.split('`').map((part, at) => (at % 2 === 1 ? <code key={part}>{part}</code> : part))}</>
);

const Close = ({
  of,
  busy = false,
  onClick,
}: {
  readonly of: string;
  readonly busy?: boolean;
  readonly onClick: () => void;
}) => (
  <Button small kind="quiet" disabled={busy} onClick={onClick} aria-label={`Close: ${of}`}>
    Close
  </Button>
);

/** What became of what was asked for. */
const Outcome = ({
  state: { done, stayed, problem },
  title,
  onClose,
}: {
  readonly state: BoxState;
  readonly title: string;
  readonly onClose: () => void;
}) => (
  <>
    {problem === null ? null : <ProblemBox problem={problem} />}
    {done === null ? null : (
      <Notice tone={stayed ? 'notice' : 'good'} actions={<Close of={title} onClick={onClose} />}>
        {done.map((words) => (
          <p key={words}>
            <Text>{words}</Text>
          </p>
        ))}
      </Notice>
    )}
  </>
);

/** One dead-letter queue: how full it is, what is in it, and the way back. */
export const DeadLetterBox = ({
  box,
  onRetry,
  onMoved,
}: {
  readonly box: BoxView;
  /** Looks at the queues again. */
  readonly onRetry: () => void;
  readonly onMoved: () => void;
}) => {
  const { state, lookInside, putBack, close } = useBox(box, onMoved);
  const { busy, look, done, problem } = state;
  const [meant, setMeant] = useState<Meant | null>(null);
  const { title, depth, destination, noDestination } = box;
  const holds = depth !== null && depth > 0;
  const canGo = destination !== null;
  const self = useRef<HTMLLIElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const outcome = useRef<HTMLDivElement>(null);

  // What had the focus may be gone by then; somebody who went elsewhere meanwhile stays there.
  useEffect(() => {
    const { activeElement } = document;
    if (activeElement === document.body || self.current?.contains(activeElement)) outcome.current?.focus();
  }, [done, problem]);
  const closeAll = () => {
    close();
    heading.current?.focus();
  };

  return (
    <li class="box" ref={self}>
      <div class="box-head">
        <div class="box-words">
          <h3 ref={heading} tabIndex={-1}>
            {title}
          </h3>
          <p class="hint">
            <code>{box.box}</code>
            {canGo ? ` · goes back to ${destination}` : null}
          </p>
        </div>
        <Depth box={box} moving={busy === 'moving'} />
        <div class="box-actions">
          {holds || look !== null ? (
            <Button
              small
              busy={busy === 'looking'}
              disabled={busy === 'moving'}
              onClick={lookInside}
              aria-label={`Look inside: ${title}`}
            >
              Look inside
            </Button>
          ) : null}
          {holds && canGo ? (
            <Button
              small
              busy={busy === 'moving'}
              disabled={busy === 'looking'}
              onClick={() => setMeant({ code: null, letters: depth })}
              aria-label={`Put all back: ${title}`}
            >
              Put all back
            </Button>
          ) : null}
        </div>
      </div>
      {box.problem === null ? null : <ProblemBox problem={box.problem} onRetry={onRetry} />}
      {holds && noDestination !== null ? (
        <Notice tone="notice">
          They have nowhere to go back to. <Ticked>{noDestination}</Ticked>
        </Notice>
      ) : null}
      {done === null && problem === null ? null : (
        <div class="box-outcome" ref={outcome} tabIndex={-1}>
          <Outcome state={state} title={title} onClose={closeAll} />
        </div>
      )}
      {look === null ? null : (
        <div class="box-look">
          <div class="row">
            <p class="box-seen">{seenWords(look)}</p>
            <Close of={title} busy={busy !== null} onClick={closeAll} />
          </div>
          {look.causes.length === 0 ? null : (
            <CausesTable
              label={`${title}, by cause`}
              causes={look.causes}
              busy={busy === 'moving'}
              onPutBack={canGo ? ({ code, goes }) => setMeant({ code, letters: goes }) : undefined}
            />
          )}
        </div>
      )}
      {meant === null ? null : (
        <PutBack box={box} meant={meant} onPutBack={() => putBack(meant.code)} onClose={() => setMeant(null)} />
      )}
    </li>
  );
};
