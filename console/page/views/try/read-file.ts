import type { DraftFile } from './draft.ts';

const TYPE = /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/i;

/**
 * A file of this computer as it goes with a mail.
 *
 * @throws DOMException the browser cannot read it
 */
export const readFile = async (file: File): Promise<DraftFile> => {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result)));
    reader.addEventListener('error', () => reject(reader.error));
    reader.readAsDataURL(file);
  });
  return {
    filename: file.name,
    contentType: TYPE.test(file.type) ? file.type : 'application/octet-stream',
    bytes: file.size,
    content: url.slice(url.indexOf(',') + 1),
  };
};
