import { useState } from 'preact/hooks';
import type { AddressView } from '../../../api.ts';
import { Status } from '../../parts/badge.tsx';
import { Field } from '../../parts/field.tsx';
import { ScopeInput } from '../../parts/scope-input.tsx';
import { visible } from '../../parts/text.tsx';
import { EVERYWHERE } from '../../parts/words.ts';

type Answer = { readonly tone: 'good' | 'bad' | 'notice'; readonly words: string };

/** The read rule of the table: whether a mail of this stream is withheld; '' is a mail of none. */
export const mayBeMailed = ({ entries, unreadable }: AddressView, stream: string): Answer => {
  const isAsked = ({ scope }: { readonly scope: string }) =>
    scope === EVERYWHERE || (stream !== '' && scope === stream);
  const where = stream === '' ? 'mail without a stream' : `mail of the stream ${visible(stream)}`;
  if (unreadable.some(isAsked)) return { tone: 'notice', words: 'Nobody can say: the entry could not be read.' };
  const block = entries.find((entry) => isAsked(entry) && entry.blocks);
  return block === undefined
    ? { tone: 'good', words: `Yes, ${where} is sent.` }
    : { tone: 'bad', words: `No, ${where} is withheld: ${visible(block.reason ?? 'no reason given')}.` };
};

/** Asks of one stream whether the address may be mailed. */
export const MayIMail = ({ view }: { readonly view: AddressView }) => {
  const [stream, setStream] = useState('');
  const { tone, words } = mayBeMailed(view, stream.trim());
  return (
    <div class="may-i-mail">
      <Field label="May it be mailed in the stream">
        {(of) => <ScopeInput of={of} streamsOnly placeholder="none" value={stream} onInput={setStream} />}
      </Field>
      <span role="status">
        <Status tone={tone}>{words}</Status>
      </span>
    </div>
  );
};
