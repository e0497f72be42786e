import { Text } from '../../parts/text.tsx';
import { number, percent } from './words.ts';

/** One bar. */
export interface Bar {
  readonly name: string;
  readonly count: number;
  /** Where its entries are. */
  readonly href?: string;
}

/**
 * Counts by name as bars, with the share that each has of all.
 *
 * @example <Bars label="Reasons" bars={[{ name: 'complaint', count: 3, href: '#/list?reason=complaint' }]} />
 */
export const Bars = ({ label, bars }: { readonly label: string; readonly bars: readonly Bar[] }) => {
  const all = bars.reduce((sum, { count }) => sum + count, 0);
  const most = Math.max(1, ...bars.map(({ count }) => count));
  return (
    <ul class="rates-bars" aria-label={label}>
      {bars.map(({ name, count, href }) => (
        <li key={name}>
          <span class="bar-name">
            {href === undefined ? (
              <Text>{name}</Text>
            ) : (
              <a href={href}>
                <Text>{name}</Text>
              </a>
            )}
          </span>
          <span class="bar-count">{number(count)}</span>
          <span class="bar-share">{percent(Number((count / all).toPrecision(2)))}</span>
          <span class="bar-track" aria-hidden="true">
            <span class="bar-fill" style={{ '--share': count / most }} />
          </span>
        </li>
      ))}
    </ul>
  );
};
