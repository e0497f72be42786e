import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Colours a text where colours are welcome. */
export type Paint = (style: Style, text: string) => string;

/** Colours on a terminal only, and not where NO_COLOR asks for none. */
export function paintFor(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): Paint {
  const isWelcome = stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
  return isWelcome ? (style, text) => styleText(style, text, { validateStream: false }) : (_style, text) => text;
}
