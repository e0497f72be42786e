import { type Sleep, sleep } from '../../../adapters/pause.ts';
import { sesClient } from '../../../adapters/ses-client.ts';
import { SesMailer } from '../../../adapters/ses-mailer.ts';
import { makeLead } from '../../../core/rate/lead.ts';
import type { Limiter } from '../../../core/rate/limiter.ts';
import { slotMailer } from '../../../core/rate/slot-mailer.ts';
import { type FakeSes, replies, startFakeSes } from '../../adapters/fake-ses.ts';
import { MAIL } from './stage.ts';

const NOW = Date.parse('2026-01-02T03:04:05.678Z');

let ses: FakeSes;
beforeAll(async () => {
  ses = await startFakeSes();
});
afterAll(() => ses.close());

/** The mailer of the queue function, with the real client. */
const sendAtSlot = async (endpoint = ses.endpoint, pause: Sleep = sleep) => {
  const client = sesClient({
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const told = { throttled: 0 };
  const limiter: Limiter = {
    reserve: async () => ({ slots: [], share: 1, lacking: [] }),
    goes: async () => true,
    throttled: async () => {
      told.throttled += 1;
    },
  };
  const now = (): number => NOW;
  const mailer = slotMailer(
    { at: NOW, leadMs: 250 },
    {
      mailer: new SesMailer({ client, rateTries: 1, now, sleep: pause }),
      limiter,
      lead: makeLead(),
      now,
      sleep,
    },
  );
  const result = await mailer.send(MAIL, NOW + 60_000);
  client.destroy();
  return { result, throttled: told.throttled };
};

test('hands a mail over', async () => {
  ses.reply(replies.accepted('0100-1'));
  expect(await sendAtSlot()).toMatchObject({ result: { ok: true, value: { messageId: '0100-1' } }, throttled: 0 });
  expect(ses.seen).toHaveLength(1);
});

test.each([
  ['the rate', 'Throttling', 'Maximum sending rate exceeded.', 'RateExceeded', 1],
  ['the daily quota', 'Throttling', 'Daily message quota exceeded.', 'QuotaExceeded', 0],
  ['the account', 'AccountSendingPausedException', 'Sending is paused.', 'SendingPaused', 0],
])(
  'asks SES once where it refuses by %s: a second call would be outside of the slot',
  async (_by, code, words, expected, throttled) => {
    ses.reply(replies.refused(code, words), replies.accepted('0100-2'));
    expect(await sendAtSlot()).toMatchObject({ result: { ok: false, error: { code: expected } }, throttled });
    expect(ses.seen).toHaveLength(1);
  },
);

test('opens no second connection where none was opened', async () => {
  const pauses: number[] = [];
  const gone = await startFakeSes();
  await gone.close();
  const sent = await sendAtSlot(gone.endpoint, async (millis) => {
    pauses.push(millis);
  });
  expect(sent).toMatchObject({ result: { ok: false, error: { code: 'SesUnreachable' } }, throttled: 0 });
  expect(pauses).toEqual([]);
});
