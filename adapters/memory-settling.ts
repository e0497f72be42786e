import type { Ledger, Read } from '../core/ledger/ledger.ts';
import type { KeyHash } from '../core/messages/key-hash.ts';
import type { SendRecord } from '../core/messages/send-record.ts';
import type { Sends } from '../core/messages/sends.ts';
import type { Settling } from '../core/messages/settle.ts';

const readAll = async (sends: Sends, keys: readonly KeyHash[]): Promise<Read<SendRecord>> => {
  const found = new Map<string, SendRecord>();
  const failed = new Map<string, Error>();
  for (const key of new Set(keys))
    try {
      const record = await sends.read(key);
      if (record !== undefined) found.set(key, record);
    } catch (fault) {
      failed.set(key, fault instanceof Error ? fault : new Error(String(fault)));
    }
  return { found, failed };
};

/** A list and the records of sends in memory, as feedback reads them. */
export const memorySettling = (ledger: Pick<Ledger, 'read'>, sends: Sends, region = 'us-east-1'): Settling => ({
  region,
  advance: (record) => sends.advance(record),
  readWith: async (entries, keys) => ({ entries: await ledger.read(entries), records: await readAll(sends, keys) }),
});
