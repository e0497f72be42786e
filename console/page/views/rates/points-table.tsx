import type { ComponentChildren } from 'preact';
import { Scroll } from '../../parts/scroll.tsx';

/**
 * The numbers of a plot.
 *
 * @example <PointsTable label="Bounce rate" columns={['From (UTC)', 'Rate']} rows={[['2026-11-20 12:00', '0.6 %']]} />
 */
export const PointsTable = ({
  label,
  columns,
  rows,
}: {
  readonly label: string;
  /** The first is the time. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly [time: string, ...values: ComponentChildren[]])[];
}) => (
  <div class="points-table">
    <Scroll label={`${label}, as a table`}>
      <table class="table">
        <thead>
          <tr>
            {columns.map((column, i) => (
              <th key={column} scope="col" class={i === 0 ? 'time' : 'number'}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([time, ...values]) => (
            <tr key={time}>
              <th scope="row" class="time">
                {time}
              </th>
              {values.map((value, i) => (
                <td key={columns[i + 1]} class="number">
                  {value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  </div>
);
