import type { Desk } from '../../../console/server/desk.ts';

/** A desk that takes every mail and forgets it; any mail that is asked for is a greeting in HTML. */
export const bareDesk: Desk = {
  view: { from: 'no-reply@ledger.example', stream: 'receipts', simulator: [], mostBytes: 1000, invoke: '' },
  send: async () => ({
    ok: true,
    messageId: '1',
    status: 'sent',
    answer: { title: '', kind: 'json', text: '', cut: 0 },
  }),
  inbox: () => ({ mails: [], accepted: 0 }),
  letter: async () => undefined,
  html: async () => '<p>Hi</p>',
};
