import type { AccountList, AccountListed } from '../../core/account-list/account-list.ts';
import { AccountListRefused } from '../../core/account-list/account-list-refused.ts';

/** A list, and what stands on it by a way of its own. */
export interface AccountListHarness {
  readonly list: AccountList;
  readonly sandboxed: AccountList;
  readonly calls: () => number;
}

const all = async (list: AccountList): Promise<AccountListed[]> => {
  const found: AccountListed[] = [];
  for await (const each of list.list()) found.push(each);
  return found.sort((a, b) => (a.given < b.given ? -1 : 1));
};

/** What the port `AccountList` promises, whatever it is made of. */
export const describeAccountList = (name: string, make: () => Promise<AccountListHarness>): void => {
  describe(`${name}: the contract of SES's account list`, () => {
    let h: AccountListHarness;
    beforeEach(async () => {
      h = await make();
    });

    test('lists what was put, with reason and time', async () => {
      await h.list.put('pat@target.example', 'BOUNCE');
      await h.list.put('ann@target.example', 'COMPLAINT');
      const found = await all(h.list);
      expect(found.map(({ given, reason }) => [given, reason])).toEqual([
        ['ann@target.example', 'COMPLAINT'],
        ['pat@target.example', 'BOUNCE'],
      ]);
      for (const { updatedAt } of found) expect(updatedAt).toBeGreaterThan(0);
    });

    test('is empty at first, and finds nothing', async () => {
      expect(await all(h.list)).toEqual([]);
      expect(await h.list.get('pat@target.example')).toBeUndefined();
    });

    test('takes two spellings of one address for two', async () => {
      await h.list.put('Pat@target.example', 'BOUNCE');
      expect(await h.list.get('pat@target.example')).toBeUndefined();
      expect(await h.list.get('Pat@target.example')).toMatchObject({ given: 'Pat@target.example', reason: 'BOUNCE' });
      expect(await h.list.remove('pat@target.example')).toBe('absent');
      expect(await all(h.list)).toHaveLength(1);
    });

    test('changes the reason of what is listed', async () => {
      await h.list.put('pat@target.example', 'BOUNCE');
      await h.list.put('pat@target.example', 'COMPLAINT');
      expect((await all(h.list)).map(({ reason }) => reason)).toEqual(['COMPLAINT']);
    });

    test('removes once', async () => {
      await h.list.put('pat@target.example', 'BOUNCE');
      expect(await h.list.remove('pat@target.example')).toBe('removed');
      expect(await h.list.remove('pat@target.example')).toBe('absent');
      expect(await all(h.list)).toEqual([]);
    });

    test('lists more than a page of SES holds, each once', async () => {
      const given = Array.from({ length: 1203 }, (_, i) => `pat${i}@target.example`);
      for (const each of given) await h.list.put(each, 'BOUNCE');
      expect((await all(h.list)).map((each) => each.given)).toEqual([...given].sort());
    });

    test('refuses to list anything in the sandbox, and says why', async () => {
      const refused = h.sandboxed.put('pat@target.example', 'BOUNCE');
      await expect(refused).rejects.toBeInstanceOf(AccountListRefused);
      await expect(refused).rejects.toMatchObject({ code: 'SANDBOX', message: expect.stringMatching(/us-east-1/) });
    });
  });
};
