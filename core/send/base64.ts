/**
 * The bytes of base64 text, read strictly: the standard alphabet, padded, nothing but line breaks between.
 *
 * @returns undefined if the text is anything else, so that nothing is dropped in silence
 * @see RFC 4648 section 4
 * @example readBase64('SGk=') // the bytes of "Hi"
 */
export const readBase64 = (text: string): Uint8Array | undefined => {
  const bare = /[\r\n]/.test(text) ? text.replace(/[\r\n]+/g, '') : text;
  const bytes = Buffer.from(bare, 'base64');
  return bytes.toString('base64') === bare ? bytes : undefined;
};
