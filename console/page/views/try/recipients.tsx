import type { DeskView } from '../../../api.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { type Draft, labelled, newLabel, recipientsOf, relabelled, withRecipient } from './draft.ts';

const MAX_LINES = 8;
const LABEL_CHARS = 40;

/** To whom: one a line, and buttons for everybody that the simulator plays a part for. */
export const Recipients = ({
  draft,
  desk,
  onChange,
}: {
  readonly draft: Draft;
  readonly desk: DeskView;
  readonly onChange: (draft: Draft) => void;
}) => {
  const relabel = (label: string) => onChange(relabelled(draft, label, desk.simulator));
  return (
    <>
      <Field label="To" hint="One a line, with a name before it or without.">
        {(of) => (
          <textarea
            {...of}
            class="mono"
            rows={Math.min(MAX_LINES, Math.max(2, draft.to.split('\n').length))}
            value={draft.to}
            spellcheck={false}
            onInput={(event) => onChange({ ...draft, to: event.currentTarget.value })}
          />
        )}
      </Field>
      <fieldset class="simulator">
        <legend>Add somebody of SES’s mailbox simulator</legend>
        <ul class="simulator-list">
          {desk.simulator.map(({ address, what }) => {
            const [name = ''] = address.split('@');
            const full = labelled(address, draft.label);
            return (
              <li key={address}>
                <Button
                  small
                  aria-label={`Add ${name}`}
                  disabled={recipientsOf(draft).includes(full)}
                  onClick={() => onChange(withRecipient(draft, full))}
                >
                  + {name}
                </Button>
                <span class="hint">{what}</span>
              </li>
            );
          })}
        </ul>
        <div class="label-field">
          <Field label="Label" hint="Stands after the + of these addresses. With a new one, nobody is suppressed yet.">
            {(of) => (
              <input
                {...of}
                class="mono"
                maxLength={LABEL_CHARS}
                value={draft.label}
                onInput={(event) => relabel(event.currentTarget.value)}
              />
            )}
          </Field>
          <Button onClick={() => relabel(newLabel())}>New label</Button>
        </div>
      </fieldset>
    </>
  );
};
