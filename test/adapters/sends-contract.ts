import type { Attributes } from '../../adapters/attributes.ts';
import { DAY } from '../../core/instant.ts';
import { hashKey } from '../../core/messages/key-hash.ts';
import { RecordTooLarge } from '../../core/messages/record-too-large.ts';
import type { SendState } from '../../core/messages/send-record.ts';
import type { Sends } from '../../core/messages/sends.ts';
import { NOW, recordOf } from '../core/messages/records.ts';

/** A fresh, empty table of records. */
export interface SendsHarness {
  readonly sends: Sends;
  /** The item as the table holds it. */
  item(id: string): Promise<Attributes | undefined>;
}

const KEY = hashKey('order-4711');
const UNKNOWN: SendState = { state: 'unknown', message: 'the connection was cut' };
const answered = (messageId: string): SendState => ({
  state: 'answered',
  messageId,
  messageIdHeader: `<${messageId}@x>`,
});
const RUNNING: SendState = { state: 'running' };
const STATES: readonly SendState[] = [RUNNING, UNKNOWN, answered('0100-1'), { state: 'withheld' }];
const record = recordOf('order-4711');

/** What the port `Sends` promises, whatever it is made of. */
export const describeSends = (name: string, make: () => Promise<SendsHarness>): void => {
  describe(`${name}: the contract of the records of sends`, () => {
    let h: SendsHarness;
    beforeEach(async () => {
      h = await make();
    });
    const held = () => h.sends.read(KEY);

    test('has no record of a key that was never used', async () => {
      expect(await held()).toBeUndefined();
    });

    test.each(STATES)('gives back a record that is $state exactly as it was written', async (progress) => {
      const whole = recordOf('order-4711', progress, {
        draft: {
          status: 'partly-sent',
          sent: ['Prüfung „ja“ 🚫 <pat@target.example>'],
          suppressed: [
            {
              address: 'dead@target.example' as never,
              given: 'dead@target.example',
              reason: 'hard-bounce',
              scope: '*',
              since: null,
              until: '2026-01-02T03:04:05.678Z',
            },
          ],
          refused: [{ given: 'nobody', code: 'AddressSyntax', message: '"nobody" is not one mailbox' }],
          headerMismatch: { headersOnly: ['a@x.example'], envelopeOnly: [] },
        },
      });
      expect(await h.sends.begin(whole, undefined)).toBe('written');
      expect(await held()).toEqual(whole);
    });

    test('begins only where there is no record', async () => {
      await h.sends.begin(record, undefined);
      expect(await h.sends.begin({ ...record, token: 'another' }, undefined)).toBe('lost');
      expect(await held()).toEqual(record);
    });

    test('refuses a record that is too large for the table, for certain, and holds 50 long recipients', async () => {
      const sent = (count: number) => Array.from({ length: count }, () => 'x'.repeat(1000));
      const holding = (count: number) => ({ ...record, draft: { ...record.draft, sent: sent(count) } });
      await expect(h.sends.begin(holding(500), undefined)).rejects.toThrow(RecordTooLarge);
      expect(await held()).toBeUndefined();
      expect(await h.sends.begin(holding(50), undefined)).toBe('written');
      expect((await held())?.draft.sent).toHaveLength(50);
    });

    test('takes the place of the very record that was read', async () => {
      await h.sends.begin(recordOf('order-4711', { state: 'withheld' }), undefined);
      const next = { ...record, token: 'next', begunAt: NOW + 1 };
      expect(await h.sends.begin(next, 'no such token')).toBe('lost');
      expect(await h.sends.begin(next, record.token)).toBe('written');
      expect(await h.sends.begin({ ...record, token: 'late' }, record.token)).toBe('lost');
      expect(await held()).toEqual(next);
    });

    test('takes no place of a record that is gone', async () => {
      expect(await h.sends.begin(record, 'gone')).toBe('lost');
      expect(await held()).toBeUndefined();
    });

    test('of many who begin at once one does', async () => {
      const all = await Promise.all(
        Array.from({ length: 20 }, (_, i) => h.sends.begin({ ...record, token: `t${i}` }, undefined)),
      );
      expect(all.filter((written) => written === 'written')).toHaveLength(1);
      expect((await held())?.token).toBe(`t${all.indexOf('written')}`);
    });

    test.each([
      [RUNNING, UNKNOWN, 'written'],
      [RUNNING, answered('0100-1'), 'written'],
      [UNKNOWN, answered('0100-1'), 'written'],
      [answered('0100-1'), answered('0100-1'), 'written'],
      [answered('0100-1'), answered('0100-2'), 'lost'],
      [answered('0100-1'), UNKNOWN, 'lost'],
    ] as const)('from %j it can come to %j: %s', async (from, to, written) => {
      await h.sends.begin({ ...record, progress: from }, undefined);
      expect(await h.sends.advance({ ...record, progress: to })).toBe(written);
      expect((await held())?.progress).toEqual(written === 'written' ? to : from);
    });

    test('does not advance the record of another, or none', async () => {
      const late = { ...record, token: 'of another', progress: answered('0100-1') };
      expect(await h.sends.advance(late)).toBe('lost');
      expect(await held()).toBeUndefined();
      await h.sends.begin(record, undefined);
      expect(await h.sends.advance(late)).toBe('lost');
      expect(await held()).toEqual(record);
    });

    test('frees a key while its send is running, as often as one likes', async () => {
      await h.sends.begin(record, undefined);
      await h.sends.release(record);
      await h.sends.release(record);
      expect(await held()).toBeUndefined();
    });

    test('frees no key that is used up, or that another uses', async () => {
      await h.sends.begin(record, undefined);
      await h.sends.release({ ...record, token: 'of another' });
      expect(await held()).toEqual(record);
      for (const progress of [UNKNOWN, answered('0100-1')]) {
        await h.sends.advance({ ...record, progress });
        await h.sends.release(record);
        expect((await held())?.progress).toEqual(progress);
      }
    });

    test('keeps keys apart', async () => {
      const other = recordOf('order-4712');
      await h.sends.begin(record, undefined);
      await h.sends.begin(other, undefined);
      await h.sends.release(record);
      expect([await held(), await h.sends.read(other.key)]).toEqual([undefined, other]);
    });

    test('never gives the same token twice', () => {
      expect(new Set(Array.from({ length: 50 }, () => h.sends.token())).size).toBe(50);
    });

    test('lets the table delete a record 30 days after it began, and never shows the key itself', async () => {
      await h.sends.begin(record, undefined);
      const item = await h.item(`send#${KEY}`);
      expect(item?.expiresAt).toEqual({ N: String(Math.ceil((NOW + 30 * DAY) / 1000)) });
      expect(JSON.stringify({ ...item, token: null })).not.toContain('order-4711');
    });
  });
};
