import { useState } from 'preact/hooks';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { Text, visible } from '../../parts/text.tsx';
import { type Draft, type DraftFile, sizeWords } from './draft.ts';
import { readFile } from './read-file.ts';

/** Files that go with the mail. */
export const Files = ({
  draft,
  tooLarge,
  mostBytes,
  onChange,
}: {
  readonly draft: Draft;
  readonly tooLarge: string | null;
  readonly mostBytes: number;
  readonly onChange: (files: readonly DraftFile[]) => void;
}) => {
  const [unread, setUnread] = useState<string | null>(null);
  const add = async (input: HTMLInputElement) => {
    const chosen = [...(input.files ?? [])];
    input.value = '';
    setUnread(null);
    try {
      onChange([...draft.files, ...(await Promise.all(chosen.map(readFile)))]);
    } catch (error) {
      setUnread(`The browser could not read it: ${String(error)}`);
    }
  };
  return (
    <>
      <Field
        label="Attachments"
        hint={`A request has at most ${sizeWords(mostBytes)}; in it, a file takes a third more than on disk.`}
        error={unread ?? tooLarge}
      >
        {(of) => <input {...of} type="file" multiple onChange={(event) => void add(event.currentTarget)} />}
      </Field>
      {draft.files.length === 0 ? null : (
        <ul class="file-list" aria-label="Files that go with it">
          {draft.files.map((file, at) => (
            <li key={`${at} ${file.filename}`}>
              <Text>{file.filename}</Text>
              <span class="hint">
                <Text>{file.contentType}</Text>, {sizeWords(file.bytes)}
              </span>
              <Button
                small
                kind="quiet"
                aria-label={`Remove ${visible(file.filename)}`}
                onClick={() => onChange(draft.files.filter((each) => each !== file))}
              >
                Remove
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
};
