import type { ButtonHTMLAttributes, ComponentChildren } from 'preact';

export type ButtonKind = 'plain' | 'primary' | 'danger' | 'quiet';

interface ButtonProps extends Omit<ButtonHTMLAttributes, 'class'> {
  /** `danger` for what cannot be taken back, `quiet` for what stands within a line. @default 'plain' */
  readonly kind?: ButtonKind;
  readonly small?: boolean;
  /** At work: it says so, and cannot be pressed again. */
  readonly busy?: boolean;
  readonly children: ComponentChildren;
}

/**
 * Something to press; every attribute of a button may be given.
 *
 * @example <Button kind="primary" busy={sending} onClick={send}>Send</Button>
 */
export const Button = ({ kind = 'plain', small = false, busy = false, children, ...rest }: ButtonProps) => (
  <button
    type="button"
    {...rest}
    class={`button ${kind}${small ? ' small' : ''}`}
    aria-disabled={busy || undefined}
    aria-busy={busy || undefined}
    {...(busy ? { onClick: (event: Event) => event.preventDefault() } : {})}
  >
    {busy ? <span class="spinner" aria-hidden="true" /> : null}
    {children}
  </button>
);

/**
 * A link that looks like a button, for what goes somewhere.
 *
 * @example <ButtonLink href={link('try')}>Try it</ButtonLink>
 */
export const ButtonLink = ({
  href,
  kind = 'plain',
  small = false,
  download,
  children,
}: {
  readonly href: string;
  readonly kind?: ButtonKind;
  readonly small?: boolean;
  /** For a file that the server makes. */
  readonly download?: boolean;
  readonly children: ComponentChildren;
}) => (
  <a href={href} class={`button ${kind}${small ? ' small' : ''}`} {...(download ? { download: '' } : {})}>
    {children}
  </a>
);
