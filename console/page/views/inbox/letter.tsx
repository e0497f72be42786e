import type { LetterView } from '../../../api.ts';
import { Facts } from '../../parts/facts.tsx';
import { get } from '../../parts/fetch.ts';
import { link } from '../../parts/route.ts';
import { Loading, ProblemBox } from '../../parts/states.tsx';
import { Text } from '../../parts/text.tsx';
import { Time } from '../../parts/time.tsx';
import { useLoaded } from '../../parts/use-loaded.ts';
import { sizeWords } from '../try/draft.ts';
import { headerOf, unsubscribeUrl } from './headers.ts';
import { LetterBody } from './letter-body.tsx';

const Recipients = ({ of }: { readonly of: readonly string[] }) => (
  <ul class="mail-recipients">
    {of.map((address) => (
      <li key={address}>
        <a href={link('entry', [address])}>
          <Text>{address}</Text>
        </a>
      </li>
    ))}
  </ul>
);

const Attachments = ({ of }: { readonly of: LetterView['attachments'] }) => (
  <ul class="file-list" aria-label="Attachments">
    {of.map(({ filename, contentType, bytes }, at) => (
      <li key={`${at} ${filename}`}>
        {filename === '' ? <span class="muted">no name</span> : <Text>{filename}</Text>}
        <span class="hint">
          <Text>{contentType}</Text>, {sizeWords(bytes)}
        </span>
      </li>
    ))}
  </ul>
);

const Unsubscribe = ({ url }: { readonly url: string }) => (
  <a href={url} target="_blank" rel="noopener noreferrer">
    <Text>{url}</Text>
  </a>
);

const Open = ({ letter }: { readonly letter: LetterView }) => {
  const { headers, attachments, recipients, at } = letter;
  const subject = headerOf(headers, 'Subject') ?? '';
  const from = headerOf(headers, 'From');
  const to = headerOf(headers, 'To');
  const unsubscribe = unsubscribeUrl(headers);
  return (
    <>
      <h2>{subject === '' ? 'No subject' : <Text>{subject}</Text>}</h2>
      <Facts
        of={[
          ['From', from === null ? null : <Text>{from}</Text>],
          ['To', to === null ? null : <Text>{to}</Text>],
          ['Recipients', <Recipients key="recipients" of={recipients} />],
          ['Accepted', <Time key="at" iso={at} />],
          ['Date', headerOf(headers, 'Date') === null ? null : <Text>{headerOf(headers, 'Date') ?? ''}</Text>],
          ['Unsubscribe', unsubscribe === null ? null : <Unsubscribe url={unsubscribe} />],
          ['Attachments', attachments.length === 0 ? null : <Attachments of={attachments} />],
        ]}
      />
      <LetterBody key={letter.messageId} letter={letter} />
    </>
  );
};

/** One mail. */
export const Letter = ({ messageId }: { readonly messageId: string }) => {
  const path = `/inbox/${encodeURIComponent(messageId)}`;
  const { value, problem, reload } = useLoaded(path, (signal) => get<LetterView>(path, {}, signal));
  return (
    <article class="mail card" aria-label="Mail">
      <a class="mail-back" href={link('inbox')}>
        ← All mails
      </a>
      {problem === null ? null : <ProblemBox problem={problem} onRetry={reload} />}
      {value === undefined ? problem === null ? <Loading what="the mail" /> : null : <Open letter={value} />}
    </article>
  );
};
