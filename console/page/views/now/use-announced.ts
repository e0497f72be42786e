import { useEffect, useRef } from 'preact/hooks';
import { announce } from '../../parts/announce.ts';
import { counted } from '../../parts/words.ts';

/** No more often than this, however much happens. */
const EVERY_MS = 20_000;

/** Tells screen readers now and then how many lines have come. */
export const useAnnounced = (newest: number, quiet: boolean): void => {
  const told = useRef<number | null>(null);
  const latest = useRef(newest);
  latest.current = newest;
  useEffect(() => {
    const timer = setInterval(() => {
      const came = latest.current - (told.current ?? latest.current);
      told.current = latest.current;
      if (came > 0 && !quiet) announce(`${counted(came, 'new line')} in the feed.`);
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [quiet]);
};
