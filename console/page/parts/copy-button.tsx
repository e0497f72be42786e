import { useEffect, useState } from 'preact/hooks';
import { announce } from './announce.ts';
import { Button } from './button.tsx';

const SHOWN_MS = 2000;

/**
 * Puts a text on the clipboard, and says whether that worked.
 *
 * @example <CopyButton text={address} what="the address" />
 */
export const CopyButton = ({ text, what }: { readonly text: string; readonly what: string }) => {
  const [said, setSaid] = useState<string | null>(null);
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => setSaid(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const tell = (word: string, sentence: string) => {
    setSaid(word);
    announce(sentence);
  };
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => tell('Copied', `Copied ${what}.`),
      () => tell('Not copied', `The browser did not let ${what} be copied.`),
    );
  return (
    <Button small kind="quiet" aria-label={said === null ? `Copy ${what}` : `${said}: ${what}`} onClick={copy}>
      {said ?? 'Copy'}
    </Button>
  );
};
