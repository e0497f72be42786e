import { useState } from 'preact/hooks';
import type { LetterView } from '../../../api.ts';
import { Notice } from '../../parts/badge.tsx';
import { type Option, Segmented } from '../../parts/choice.tsx';
import { Facts } from '../../parts/facts.tsx';
import { RawView } from '../../parts/raw-view.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Empty } from '../../parts/states.tsx';
import { Text } from '../../parts/text.tsx';

type Form = 'rendered' | 'text' | 'headers' | 'source';

const formsOf = ({ hasHtml, text }: LetterView): readonly Option<Form>[] => [
  ...(hasHtml ? [{ value: 'rendered', label: 'Rendered' } as const] : []),
  ...(text === null ? [] : [{ value: 'text', label: 'Text' } as const]),
  { value: 'headers', label: 'Headers' },
  { value: 'source', label: 'Source' },
];

/** The mail's own HTML in a frame that may do nothing; the answer's own policy says the same once more. */
const Rendered = ({ messageId }: { readonly messageId: string }) => (
  <>
    <p class="hint">Remote pictures are not loaded, links lead nowhere, and nothing in the mail can run.</p>
    <iframe
      class="mail-frame"
      title="The mail, rendered"
      sandbox=""
      referrerpolicy="no-referrer"
      src={`/api/inbox/${encodeURIComponent(messageId)}/html`}
    />
  </>
);

const Headers = ({ letter: { messageIdHeader, tags, headers } }: { readonly letter: LetterView }) => (
  <>
    <Facts
      of={[
        [
          'Message-ID',
          <Text key="id" mono>
            {messageIdHeader}
          </Text>,
        ],
        [
          'Tags',
          tags.length === 0 ? null : (
            <Text key="tags" mono>
              {tags.map(({ name, value }) => `${name}=${value}`).join(', ')}
            </Text>
          ),
        ],
      ]}
    />
    <p class="hint">The Message-ID is SES’s own: recipients see it in the place of the one below.</p>
    <Scroll label="Headers">
      <table class="table cards mail-headers">
        <thead>
          <tr>
            <th scope="col">Header</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          {headers.map(({ name, value }, at) => (
            <tr key={`${at} ${name}`}>
              <th scope="row" data-label="Header">
                <Text>{name}</Text>
              </th>
              <td data-label="Value">
                <Text mono>{value}</Text>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  </>
);

const Shown = ({ letter, form }: { readonly letter: LetterView; readonly form: Form }) => {
  if (form === 'rendered') return <Rendered messageId={letter.messageId} />;
  if (form === 'headers') return <Headers letter={letter} />;
  if (form === 'source') return <RawView raw={letter.source} />;
  const { text, textCut } = letter;
  if (text === null || text.trim() === '') return <Empty title="This mail has no text" />;
  return <RawView raw={{ title: 'Text', kind: 'text', text, cut: textCut }} />;
};

/** What a mail says, in the form that is chosen. */
export const LetterBody = ({ letter }: { readonly letter: LetterView }) => {
  const forms = formsOf(letter);
  const [form, setForm] = useState<Form>(forms[0]?.value ?? 'source');
  return (
    <div class="mail-body">
      {letter.lacks === null ? null : (
        <Notice tone="notice">
          <Text>{letter.lacks}</Text>
        </Notice>
      )}
      <Segmented label="Form of the mail" options={forms} value={form} onChange={setForm} />
      <Shown letter={letter} form={form} />
    </div>
  );
};
