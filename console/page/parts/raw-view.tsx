import type { RawText } from '../../api.ts';
import { CopyButton } from './copy-button.tsx';
import { SCROLLS } from './scroll.tsx';
import { visible } from './text.tsx';

const pretty = (raw: RawText): string => {
  if (raw.kind !== 'json' || raw.cut > 0) return raw.text;
  try {
    return JSON.stringify(JSON.parse(raw.text), null, 2);
  } catch {
    return raw.text;
  }
};

/**
 * A text as it was: JSON is indented, hidden marks are shown as escapes line by line, copying gives the original.
 *
 * @example {detail.raw.map((raw) => <RawView key={raw.title} raw={raw} />)}
 */
export const RawView = ({ raw }: { readonly raw: RawText }) => (
  <figure class="raw">
    <figcaption class="raw-head">
      <span>{raw.title}</span>
      <CopyButton text={raw.text} what={raw.title} />
    </figcaption>
    <pre class="raw-text" {...SCROLLS}>
      {pretty(raw)
        .split(/\r?\n/)
        .map((line) => line.split('\t').map(visible).join('\t'))
        .join('\n')}
    </pre>
    {raw.cut === 0 ? null : <p class="hint raw-cut">{raw.cut.toLocaleString('en')} bytes at the end are left out.</p>}
  </figure>
);
