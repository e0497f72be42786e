import * as v from 'valibot';
import { MemoryLedger } from '../../../adapters/memory-ledger.ts';
import type { OpenedList, Sent } from '../../../cli/dependencies.ts';
import { notTheHomeRegion } from '../../../cli/deployment/not-the-home-region.ts';
import { parseMailbox } from '../../../core/address/address.ts';
import { DEFAULT_POLICY, EVERYWHERE } from '../../../core/contract/index.ts';
import { blocks, derive } from '../../../core/entry/derive.ts';
import { type BlockingReason, emptyEntry, keyText } from '../../../core/entry/entry.ts';
import { cli, lines, NOW } from '../harness.ts';
import { SmokeLine } from '../schemas/smoke.ts';

const keyOf = (address: string) => {
  const read = parseMailbox(address);
  if (!read.ok) throw new Error(read.error.message);
  return { address: read.value.key, scope: EVERYWHERE };
};

/** What SES's simulator says of a mail, by the name before the label. */
const REASONS: Readonly<Record<string, BlockingReason>> = {
  bounce: 'hard-bounce',
  complaint: 'complaint',
  suppressionlist: 'global-list',
};

/** A deployment in virtual time: a send function, the simulator behind it, and the list. */
export class Stage {
  now = NOW;
  readonly ledger: MemoryLedger;
  senders: string | undefined = '*@ledger.example';
  /** Milliseconds from a mail to its row, by name; absent: none comes. */
  readonly delays: Record<string, number | undefined> = { suppressionlist: 300, bounce: 1500, complaint: 3000 };
  readonly reasons: Record<string, BlockingReason> = { ...REASONS };
  /** What the send function answers instead, by the number of the mail from 1. */
  readonly answers: Record<number, Sent | Error> = {};
  readonly mails: { readonly from: string; readonly to: readonly string[] }[] = [];
  /** The Region in which the list is written, where this is a copy of it. */
  home: string | undefined;
  /** Whether the send function asks the list. */
  heeds = true;
  readonly #due: { readonly at: number; readonly address: string; readonly reason: BlockingReason }[] = [];

  constructor(fault: ConstructorParameters<typeof MemoryLedger>[0] = {}) {
    this.ledger = new MemoryLedger({ now: () => this.now, ...fault });
  }

  async put(address: string, reason: BlockingReason): Promise<void> {
    const key = keyOf(address);
    const evidence = [{ id: address, at: this.now, rule: reason, reason, type: 'Bounce' }];
    const entry = { ...emptyEntry(key), evidence };
    const version = (await this.ledger.read([key])).found.get(keyText(key))?.version;
    await this.ledger.write(entry, derive(entry, DEFAULT_POLICY), version);
  }

  async #send(request: { readonly from: string; readonly to: readonly string[] }): Promise<Sent> {
    this.mails.push(request);
    this.now += 20;
    const planted = this.answers[this.mails.length];
    if (planted instanceof Error) throw planted;
    if (planted !== undefined) return planted;
    const [to = ''] = request.to;
    const standing = (await this.ledger.standings([keyOf(to)])).found.values().next().value;
    if (this.heeds && standing !== undefined && blocks(standing, this.now))
      return { ok: true, status: 'suppressed', suppressed: [{ address: to, reason: standing.reason ?? '' }] };
    const name = to.slice(0, to.indexOf('+'));
    const reason = this.reasons[name];
    const delay = this.delays[name];
    if (reason !== undefined && delay !== undefined) this.#due.push({ at: this.now + delay, address: to, reason });
    return { ok: true, status: 'sent', suppressed: [] };
  }

  async #sleep(millis: number): Promise<void> {
    this.now += millis;
    for (const due of this.#due.filter(({ at }) => at <= this.now)) {
      this.#due.splice(this.#due.indexOf(due), 1);
      await this.put(due.address, due.reason);
    }
  }

  /** Lets time pass, and what is due happen. */
  async later(millis: number): Promise<void> {
    await this.#sleep(millis);
  }

  /** Runs the command here; `lines` are those of `--json`, `told` the same in short. */
  async smoke(...args: readonly string[]) {
    const { exit, out, err } = await cli(['smoke', '--json', ...args], this.#given());
    const steps = lines(out).map((line) => v.parse(SmokeLine, line));
    const told = steps.map(({ step, address, ok, message }) => {
      const name = address.slice(0, address.indexOf('+'));
      return `${ok ? 'ok' : 'FAILED'} ${step} ${name}: ${message}`;
    });
    return { exit, err, steps, told, failed: told.filter((line) => line.startsWith('FAILED')) };
  }

  /** Runs the command as a person would. */
  async shown(...args: readonly string[]) {
    return cli(['smoke', ...args], this.#given());
  }

  /** A copy answers, and takes no write. */
  #copy(home: string): OpenedList {
    const { ledger } = this;
    const refuse = (): Promise<never> => Promise.reject(notTheHomeRegion('Suppressions', home));
    const copy = new Proxy(ledger, {
      get: (target, name) => {
        if (name === 'write' || name === 'delete') return refuse;
        const member: unknown = Reflect.get(target, name, target);
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
    return { table: 'Suppressions', policy: DEFAULT_POLICY, ledger: copy, home, close: () => undefined };
  }

  #given() {
    return {
      ledger: this.ledger,
      sender: {
        senders: this.senders,
        send: (request: object) => this.#send(request as { from: string; to: string[] }),
        close: () => undefined,
      },
      overrides: {
        now: () => this.now,
        sleep: (millis: number) => this.#sleep(millis),
        ...(this.home === undefined ? {} : { openList: async () => this.#copy(this.home ?? '') }),
      },
    };
  }
}
