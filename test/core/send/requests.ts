import { type Deployed, type Prepared, prepare } from '../../../core/send/prepare.ts';

export const DEPLOYED: Deployed = {
  configurationSet: 'main',
  configurationSets: ['main', 'other'],
  unsubscribe: { link: async (address, stream) => `https://unsubscribe.example/${stream}/${address}` },
};

type Over = { readonly [field: string]: unknown };

/** A request that is right in every field, to be built here. */
export const request = (over: Over = {}) => ({
  from: 'Ledger <no-reply@ledger.example>',
  to: ['Pat <pat@target.example>'],
  subject: 'Hi',
  text: 'Hi',
  ...over,
});

/** The same for a template. */
export const template = (over: Over = {}) => ({
  from: 'Ledger <no-reply@ledger.example>',
  to: ['Pat <pat@target.example>'],
  template: { name: 'welcome', data: { name: 'Pat' } },
  ...over,
});

export const RAW = [
  'From: Ledger <no-reply@ledger.example>',
  'To: Pat <pat@target.example>',
  'Subject: Hi',
  'Message-ID: <mine@ledger.example>',
  '',
  'Hi',
  '',
].join('\r\n');

export const base64 = (content: string | Uint8Array): string => Buffer.from(content as Uint8Array).toString('base64');

/** A request for a raw message made of these lines of header, and a body. */
export const raw = (lines: readonly string[], over: Over = {}) => ({
  raw: base64(`${['From: Ledger <no-reply@ledger.example>', ...lines].join('\r\n')}\r\n\r\nBody\r\n`),
  ...over,
});

export const preparedOf = (input: unknown): Prepared => {
  const prepared = prepare(input, DEPLOYED);
  if (!prepared.ok) throw new Error(prepared.error.message);
  return prepared.value;
};

export const errorOf = (input: unknown) => {
  const prepared = prepare(input, DEPLOYED);
  if (prepared.ok) throw new Error('the request was accepted');
  return prepared.error;
};
