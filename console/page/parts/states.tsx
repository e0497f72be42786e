import type { ComponentChildren } from 'preact';
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

/**
 * What went wrong, what to do about it, and a way to try again.
 *
 * @example <ProblemBox problem={problem} onRetry={reload} />
 */
export const ProblemBox = ({ problem, onRetry }: { readonly problem: Problem; readonly onRetry?: () => void }) => (
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
