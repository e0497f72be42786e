import { useEffect, useState } from 'preact/hooks';
import type { AddressView } from '../../../api.ts';
import { Status } from '../../parts/badge.tsx';
import { get, problemOf } from '../../parts/fetch.ts';
import { link } from '../../parts/route.ts';
import { Text } from '../../parts/text.tsx';

/** The table follows what SES said by a moment: looked at again after so many milliseconds. */
const LOOKS_MS = [0, 300, 1000, 2500, 6000];

const tells = ({ entries }: AddressView): { readonly blocked: boolean; readonly words: string } => {
  const told = entries.find((entry) => entry.blocks) ?? entries[0];
  return told === undefined
    ? { blocked: false, words: 'is not on the list.' }
    : { blocked: told.blocks, words: told.headline };
};

/**
 * How the list has an address now.
 *
 * @param heard - what was heard of it so far: with each, the list is looked at anew
 */
export const ListNow = ({ address, heard }: { readonly address: string; readonly heard: number }) => {
  const [seen, setSeen] = useState<AddressView | string | null>(null);

  useEffect(() => {
    const abort = new AbortController();
    const look = () =>
      get<AddressView>('/entry', { address }, abort.signal).then(setSeen, (error: unknown) => {
        if (!abort.signal.aborted) setSeen(problemOf(error).message);
      });
    const timers = LOOKS_MS.map((wait) => setTimeout(look, wait));
    return () => {
      abort.abort();
      for (const timer of timers) clearTimeout(timer);
    };
  }, [address, heard]);

  const where = (
    <a href={link('entry', [address])} class="trail-entry">
      <Text>{address}</Text>
    </a>
  );
  if (seen === null) return <Status tone="plain">{where} is looked up …</Status>;
  if (typeof seen === 'string')
    return (
      <Status tone="notice">
        {where}: <Text>{seen}</Text>
      </Status>
    );
  const { blocked, words } = tells(seen);
  return (
    <Status tone={blocked ? 'bad' : 'good'}>
      {words.startsWith(seen.address) ? (
        <>
          {where}
          <Text>{words.slice(seen.address.length)}</Text>
        </>
      ) : (
        <>
          {where} <Text>{words}</Text>
        </>
      )}
    </Status>
  );
};
