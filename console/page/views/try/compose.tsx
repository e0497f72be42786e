import { useState } from 'preact/hooks';
import type { DeskView } from '../../../api.ts';
import { Button } from '../../parts/button.tsx';
import { Segmented } from '../../parts/choice.tsx';
import { Check, Field } from '../../parts/field.tsx';
import { ScopeInput } from '../../parts/scope-input.tsx';
import { bytesOf, type Draft, requestOf, sizeWords } from './draft.ts';
import { Files } from './files.tsx';
import { Recipients } from './recipients.tsx';

const BODIES = [
  { value: 'text', label: 'Text' },
  { value: 'html', label: 'HTML' },
] as const;

const SUPPRESSED = [
  { value: 'drop', label: 'Send to the others' },
  { value: 'reject', label: 'Send nothing' },
] as const;

const ROWS = 4;

const Body = ({ draft, onChange }: { readonly draft: Draft; readonly onChange: (draft: Draft) => void }) => {
  const [body, setBody] = useState<'text' | 'html'>('text');
  const { label } = BODIES.find(({ value }) => value === body) ?? BODIES[0];
  return (
    <div class="body-field">
      <Segmented label="Form of the body" options={BODIES} value={body} onChange={setBody} />
      <Field
        label={label}
        hint={body === 'html' ? 'Optional; the text, if any, goes with it as the other form.' : undefined}
      >
        {(of) => (
          <textarea
            {...of}
            class={body === 'html' ? 'mono' : ''}
            rows={ROWS}
            value={draft[body]}
            onInput={(event) => onChange({ ...draft, [body]: event.currentTarget.value })}
          />
        )}
      </Field>
    </div>
  );
};

/** The form that a mail is written in. */
export const Compose = ({
  draft,
  desk,
  busy,
  onChange,
  onSend,
}: {
  readonly draft: Draft;
  readonly desk: DeskView;
  readonly busy: boolean;
  readonly onChange: (draft: Draft) => void;
  readonly onSend: () => void;
}) => {
  const bytes = bytesOf(requestOf(draft));
  const tooLarge =
    bytes > desk.mostBytes
      ? `This request has ${sizeWords(bytes)}; at most ${sizeWords(desk.mostBytes)} are taken. Remove a file.`
      : null;
  const send = (event: Event) => {
    event.preventDefault();
    if (!busy && tooLarge === null) onSend();
  };
  const field = (name: 'from' | 'subject' | 'idempotencyKey') => ({
    value: draft[name],
    onInput: (event: { readonly currentTarget: { readonly value: string } }) =>
      onChange({ ...draft, [name]: event.currentTarget.value }),
  });
  return (
    <form class="compose card" aria-label="Mail" onSubmit={send}>
      <Field label="From">{(of) => <input {...of} autocomplete="off" {...field('from')} />}</Field>
      <Recipients draft={draft} desk={desk} onChange={onChange} />
      <div class="compose-pair">
        <Field label="Subject">{(of) => <input {...of} autocomplete="off" {...field('subject')} />}</Field>
        <Field label="Stream">
          {(of) => (
            <ScopeInput of={of} streamsOnly value={draft.stream} onInput={(stream) => onChange({ ...draft, stream })} />
          )}
        </Field>
      </div>
      <Body draft={draft} onChange={onChange} />
      <details class="more">
        <summary>Attachments and options</summary>
        <div class="stack">
          <Files
            draft={draft}
            tooLarge={tooLarge}
            mostBytes={desk.mostBytes}
            onChange={(files) => onChange({ ...draft, files })}
          />
          <Check
            label="One-click unsubscribe"
            hint="Headers with a link, so for one recipient alone; it takes the address out of this stream."
            checked={draft.unsubscribe}
            onChange={(unsubscribe) => onChange({ ...draft, unsubscribe })}
          />
          <div class="field">
            <span class="label">If somebody is suppressed</span>
            <Segmented
              label="If somebody is suppressed"
              options={SUPPRESSED}
              value={draft.onSuppressed}
              onChange={(onSuppressed) => onChange({ ...draft, onSuppressed })}
            />
          </div>
          <Field
            label="Idempotency key"
            hint="With one, the same mail is sent once in 30 days, however often it is asked for."
          >
            {(of) => <input {...of} autocomplete="off" {...field('idempotencyKey')} />}
          </Field>
        </div>
      </details>
      <div class="compose-foot">
        <Button type="submit" kind="primary" busy={busy} disabled={tooLarge !== null}>
          Send
        </Button>
        {tooLarge === null ? (
          <span class="hint">Request of {sizeWords(bytes)}</span>
        ) : (
          <span class="error">{tooLarge}</span>
        )}
      </div>
    </form>
  );
};
