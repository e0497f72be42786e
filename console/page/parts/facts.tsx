import type { ComponentChildren } from 'preact';

/**
 * Names and what they are, line by line; what is null is left out.
 *
 * @example <Facts of={[['Rule', item.rule], ['Until', item.until && <Time iso={item.until} />]]} />
 */
export const Facts = ({ of }: { readonly of: readonly (readonly [name: string, value: ComponentChildren])[] }) => (
  <dl class="facts">
    {of
      .filter(([, value]) => value !== null && value !== undefined && value !== '')
      .map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
);
