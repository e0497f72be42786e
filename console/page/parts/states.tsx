import { type ComponentChildren, createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Problem } from '../../api.ts';
import { Button } from './button.tsx';
import { Text } from './text.tsx';

/**
 * While something is asked for.
 *
 * @example <Loading what="the list" />
 */
export const Loading = ({ what }: { readonly what: string }) => (
  <p class="loading" role="status">
    <span class="spinner" aria-hidden="true" /> Loading {what} …
  </p>
);

/**
 * Where there is nothing to show: why, and what to do.
 *
 * @example <Empty title="Nobody is on the list" actions={<Button onClick={clear}>Clear filters</Button>}>…</Empty>
 */
export const Empty = ({
  title,
  actions,
  children,
}: {
  readonly title: string;
  readonly actions?: ComponentChildren;
  readonly children?: ComponentChildren;
}) => (
  <div class="empty">
    <p class="empty-title">{title}</p>
    {children === undefined ? null : <div class="empty-words">{children}</div>}
    {actions === undefined ? null : <div class="empty-actions">{actions}</div>}
  </div>
);

/** The problem that is told above a view already, so that nothing in the view tells it once more. */
export const ToldAbove = createContext<Problem | null>(null);

/**
 * What went wrong, what to do about it, and a way to try again; nothing if it is told above already.
 *
 * @example <ProblemBox problem={problem} onRetry={reload} />
 */
export const ProblemBox = ({
  problem,
  onRetry,
  children,
}: {
  readonly problem: Problem;
  readonly onRetry?: () => void;
  /** More to do about it. */
  readonly children?: ComponentChildren;
}) => {
  const told = useContext(ToldAbove);
  if (told?.code === problem.code && told.message === problem.message) return null;
  return (
    <div class="notice-box bad" role="alert">
      <span class="sign" aria-hidden="true">
        ✕
      </span>
      <div class="notice-words">
        <p class="problem-message">
          <Text>{problem.message}</Text> <code class="problem-code">{problem.code}</code>
        </p>
        {problem.remedy === '' ? null : (
          <p>
            <Text>{problem.remedy}</Text>
          </p>
        )}
        {children}
      </div>
      {onRetry === undefined ? null : (
        <div class="notice-actions">
          <Button small onClick={onRetry}>
            Try again
          </Button>
        </div>
      )}
    </div>
  );
};
