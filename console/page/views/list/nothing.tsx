import { Button, ButtonLink } from '../../parts/button.tsx';
import { useDeployment } from '../../parts/deployment.ts';
import { link } from '../../parts/route.ts';
import { Empty } from '../../parts/states.tsx';
import { Text } from '../../parts/text.tsx';
import { isFiltering, type ListFilter } from './list-filter.ts';

/** Where no entry is to be shown: why, and what to do. */
export const Nothing = ({
  filter,
  exact,
  looked,
  onFurther,
  onClear,
}: {
  readonly filter: ListFilter;
  /** One address was looked up. */
  readonly exact: boolean;
  readonly looked: number;
  /** Null: there is nothing further. */
  readonly onFurther: (() => void) | null;
  readonly onClear: () => void;
}) => {
  const desk = useDeployment()?.desk === true;
  const clear = <Button onClick={onClear}>Clear filters</Button>;
  if (onFurther !== null)
    return (
      <Empty
        title="Nothing like this so far"
        actions={
          <>
            <Button kind="primary" onClick={onFurther}>
              Look further
            </Button>
            {clear}
          </>
        }
      >
        <p>{looked.toLocaleString('en')} entries were looked at, and there are more.</p>
      </Empty>
    );
  if (exact)
    return (
      <Empty
        title="The list has no such entry of this address"
        actions={
          <>
            <ButtonLink kind="primary" href={link('entry', [filter.search])}>
              See all that is known of it
            </ButtonLink>
            {clear}
          </>
        }
      >
        <p>
          <Text>{filter.search}</Text> was looked up in every scope.
        </p>
      </Empty>
    );
  if (isFiltering(filter))
    return (
      <Empty title="Nothing is like that" actions={clear}>
        <p>
          What is suppressed or allowed was searched. An address with no more than a history is found by the whole
          address.
        </p>
      </Empty>
    );
  return (
    <Empty
      title="The list is empty"
      actions={
        desk ? (
          <ButtonLink kind="primary" href={link('try')}>
            Try it: send a mail that bounces
          </ButtonLink>
        ) : null
      }
    >
      <p>
        Nothing is suppressed or allowed. Bounces and complaints that SES reports fill it by themselves; so do
        unsubscribes, an import, and whoever adds an address.
      </p>
    </Empty>
  );
};
