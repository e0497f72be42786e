import type { ComponentChildren } from 'preact';

/** What a colour means; it never says so alone. */
export type Tone = 'good' | 'bad' | 'notice' | 'plain' | 'accent';

/**
 * A short word with a tone: a reason, a status, a type.
 *
 * @example <Badge tone="bad">suppressed</Badge>
 */
export const Badge = ({ tone = 'plain', children }: { readonly tone?: Tone; readonly children: ComponentChildren }) => (
  <span class={`badge ${tone}`}>{children}</span>
);

const SIGNS: Readonly<Record<Tone, string>> = { good: '✓', bad: '✕', notice: '!', plain: '–', accent: 'i' };

/**
 * How something stands: a sign of a shape of its own, then words.
 *
 * @example <Status tone="good">The queue is empty</Status>
 */
export const Status = ({ tone, children }: { readonly tone: Tone; readonly children: ComponentChildren }) => (
  <span class={`status ${tone}`}>
    <span class="sign" aria-hidden="true">
      {SIGNS[tone]}
    </span>
    <span>{children}</span>
  </span>
);

/**
 * A message that stands above what it is about: something was done, or should be known.
 *
 * @example <Notice tone="good">Removed in 2 scopes.</Notice>
 */
export const Notice = ({
  tone = 'accent',
  actions,
  children,
}: {
  readonly tone?: Tone;
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
}) => (
  <div class={`notice-box ${tone}`}>
    <span class="sign" aria-hidden="true">
      {SIGNS[tone]}
    </span>
    <div class="notice-words">{children}</div>
    {actions === undefined ? null : <div class="notice-actions">{actions}</div>}
  </div>
);
