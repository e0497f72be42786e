import { visible } from './text.tsx';

/**
 * An address where it may take more than one line: broken before its domain, and within that only if it must. Where it may not, use
 * `Text`.
 *
 * @example <Address>{entry.address}</Address>
 */
export const Address = ({ children }: { readonly children: string }) => {
  const at = children.lastIndexOf('@');
  return (
    <bdi class="text">
      {at < 1 ? (
        visible(children)
      ) : (
        <>
          {visible(children.slice(0, at))}
          <wbr />
          {visible(children.slice(at))}
        </>
      )}
    </bdi>
  );
};
