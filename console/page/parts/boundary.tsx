import type { ComponentChildren } from 'preact';
import { useErrorBoundary } from 'preact/hooks';
import { problemOf } from './fetch.ts';
import { ProblemBox } from './states.tsx';
import { View } from './view.tsx';

/** Shows what went wrong where a view could not be drawn: the page is never blank. */
export const Boundary = ({ children }: { readonly children: ComponentChildren }) => {
  const [error, reset] = useErrorBoundary();
  if (error === undefined) return <>{children}</>;
  return (
    <View title="This view failed">
      <ProblemBox problem={problemOf(error)} onRetry={reset} />
    </View>
  );
};
