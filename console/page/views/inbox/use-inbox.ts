import { useEffect, useRef } from 'preact/hooks';
import type { InboxView } from '../../../api.ts';
import { useFeed } from '../../parts/feed/use-feed.ts';
import { get } from '../../parts/fetch.ts';
import { store, useStore } from '../../parts/store.ts';
import { type Loaded, useLoaded } from '../../parts/use-loaded.ts';

/** Mails that come at once are asked for at once. */
const GATHER_MS = 150;

/** The newest answer: going from mail to mail shows no empty list in between. */
const kept = store<InboxView | undefined>(undefined);

/** What SES accepted, asked for again whenever it accepts more. */
export const useInbox = (): Loaded<InboxView> => {
  const before = useStore(kept);
  const loaded = useLoaded('/inbox', async (signal) => {
    const inbox = await get<InboxView>('/inbox', {}, signal);
    kept.set(inbox);
    return inbox;
  });
  const { items } = useFeed();
  const newest = items.find((item) => item.what === 'accepted')?.id ?? 0;
  const seen = useRef(newest);
  const { reload } = loaded;
  useEffect(() => {
    if (newest === seen.current) return;
    const timer = setTimeout(() => {
      seen.current = newest;
      reload();
    }, GATHER_MS);
    return () => clearTimeout(timer);
  }, [newest, reload]);
  return { ...loaded, value: loaded.value ?? before };
};
