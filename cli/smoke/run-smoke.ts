import { type Address, parseMailbox } from '../../core/address/address.ts';
import { blocks } from '../../core/entry/derive.ts';
import type { EntryKey } from '../../core/entry/entry.ts';
import type { Dependencies, OpenedList, OpenedSender } from '../dependencies.ts';
import { awsFault } from '../deployment/aws-fault.ts';
import { CAST, type Role, simulatorAddress } from './cast.ts';
import type { Step } from './step.ts';
import { type Stopwatch, stopwatch } from './stopwatch.ts';

/** What a run is made of. */
export interface SmokeOptions {
  readonly sender: Pick<OpenedSender, 'send'>;
  readonly ledger: OpenedList['ledger'];
  /** The Region in which the list is written, if the ledger is a copy: nothing is taken off there. */
  readonly home?: string | undefined;
  readonly from: string;
  /** In no address that was ever mailed: nothing of an earlier run can be taken for this one's. */
  readonly label: string;
  /** Milliseconds that feedback may take. */
  readonly timeoutMs: number;
  readonly clock: Pick<Dependencies, 'now' | 'sleep'>;
  /** What looks at the deployment when something fails, such as `ses-suppressor doctor`. */
  readonly doctor: string;
  readonly report: (step: Step) => Promise<void>;
}

/** Somebody who was mailed. */
interface Mailed extends Role {
  readonly address: Address;
  /** On the stopwatch. */
  readonly at: number;
}

const POLL_MS = [50, 100, 200, 400, 800, 1000];
/** Twice as long as the slowest feedback took, and this at least: what has not come by then is taken not to come. */
const LEAST_MARGIN_MS = 2000;

const marginAfter = (listed: readonly { readonly ms: number }[]): number =>
  Math.max(LEAST_MARGIN_MS, 2 * Math.max(0, ...listed.map(({ ms }) => ms)));

const seconds = (millis: number): string => `${(millis / 1000).toFixed(1)} s`;

/** One run: each of its steps is reported as soon as it is known. */
class Smoke {
  readonly #options: SmokeOptions;
  readonly #watch: Stopwatch;
  #failed = false;

  constructor(options: SmokeOptions) {
    this.#options = options;
    this.#watch = stopwatch(options.clock);
  }

  async run(): Promise<boolean> {
    const mailed: Mailed[] = [];
    try {
      for (const role of CAST) {
        const one = await this.#mail(role);
        if (one === null) return false;
        mailed.push(one);
      }
      const listed = await this.#awaitRows(mailed.filter(({ reason }) => reason !== null));
      await this.#proveAbsence(mailed, listed);
      const [dead] = listed;
      if (dead !== undefined && (await this.#mailAgain(dead)) === 'mailed') {
        // its feedback would put the address on the list again after the clean-up
        await this.#watch.wait(marginAfter(listed));
      }
    } finally {
      await this.#cleanUp(mailed);
    }
    return !this.#failed;
  }

  async #tell(step: Omit<Step, 'ok' | 'fix'>, fix: string | null): Promise<void> {
    if (fix !== null) this.#failed = true;
    await this.#options.report({ ...step, ok: fix === null, fix });
  }

  #request(address: string) {
    return {
      from: this.#options.from,
      to: [address],
      subject: 'Smoke test of ses-suppressor',
      text: 'This mail goes to the mailbox simulator of Amazon SES and to nobody else.',
    };
  }

  /** @returns null if it did not go out */
  async #mail(role: Role): Promise<Mailed | null> {
    const text = simulatorAddress(role.name, this.#options.label);
    const address = keyOf(text);
    const at = this.#watch.read();
    const told = { step: 'send', address } as const;
    const sent = await this.#send(address);
    const ms = this.#watch.read() - at;
    if (!sent.ok) {
      await this.#tell({ ...told, ms, message: `${sent.code}: ${sent.message}` }, this.#remedyOf(sent));
      return null;
    }
    if (sent.status === 'sent') {
      await this.#tell({ ...told, ms, message: 'sent' }, null);
      return { ...role, address, at };
    }
    const why = sent.suppressed.map(({ reason }) => reason).join(', ');
    await this.#tell({ ...told, ms, message: `should be sent, but is ${sent.status} (${why})` }, this.#options.doctor);
    return null;
  }

  #send(address: string): ReturnType<OpenedSender['send']> {
    return this.#options.sender.send(this.#request(address)).catch((fault: unknown) => {
      const { code, message, remedy } = awsFault(fault);
      return { ok: false, code, message, remedy };
    });
  }

  #remedyOf({ code, remedy }: { readonly code: string; readonly remedy: string }): string {
    if (code === 'SenderNotVerified' || code === 'SenderNotAllowed')
      return `${remedy} Or give another sender with --from; ${this.#options.doctor} shows who is verified.`;
    return `${remedy} Then: ${this.#options.doctor}`;
  }

  /** @returns those that were blocked as they should be, in the order of the cast */
  async #awaitRows(expected: readonly Mailed[]): Promise<readonly (Mailed & { readonly ms: number })[]> {
    const listed: (Mailed & { readonly ms: number })[] = [];
    const seen = new Map<Address, string>();
    const deadline = this.#watch.read() + this.#options.timeoutMs;
    let open = [...expected];
    for (let tries = 0; open.length > 0; tries += 1) {
      for (const one of open) {
        const found = await this.#rowOf(one);
        seen.set(one.address, found);
        if (found !== `blocked for ${one.reason}`) continue;
        const ms = this.#watch.read() - one.at;
        listed.push({ ...one, ms });
        await this.#tell({ step: 'list', address: one.address, ms, message: found }, null);
      }
      open = open.filter(({ address }) => !listed.some((one) => one.address === address));
      if (open.length === 0 || this.#watch.read() >= deadline) break;
      await this.#watch.wait(POLL_MS[tries] ?? 1000);
    }
    for (const { address, reason, at } of open) {
      const message = `should be blocked for ${reason}, but is ${seen.get(address)} after ${seconds(this.#options.timeoutMs)}`;
      await this.#tell({ step: 'list', address, ms: this.#watch.read() - at, message }, this.#options.doctor);
    }
    return CAST.flatMap(({ name }) => listed.filter((one) => one.name === name));
  }

  /** What the list says of an address in any scope. */
  async #rowOf({ address }: Mailed): Promise<string> {
    try {
      const keys = await this.#keysOf(address);
      const { found, failed } = await this.#options.ledger.standings(keys);
      for (const fault of failed.values()) throw fault;
      const standings = [...found.values()];
      const now = this.#options.clock.now();
      const blocking = standings.find((standing) => blocks(standing, now));
      if (blocking !== undefined) return `blocked for ${blocking.reason}`;
      return standings.length === 0 ? 'not in the list' : `in the list as ${standings[0]?.status}`;
    } catch (fault) {
      const { code, message } = awsFault(fault);
      return `unknown (${code}: ${message})`;
    }
  }

  async #keysOf(address: Address): Promise<EntryKey[]> {
    return (await this.#options.ledger.scopesOf(address)).map((scope) => ({ address, scope }));
  }

  /** Nothing tells that nothing will come: it is waited for as long again as the slowest of the others took. */
  async #proveAbsence(mailed: readonly Mailed[], listed: readonly { readonly ms: number }[]): Promise<void> {
    const margin = marginAfter(listed);
    for (const one of mailed.filter(({ reason }) => reason === null)) {
      const left = one.at + margin - this.#watch.read();
      if (left > 0) await this.#watch.wait(left);
      const found = await this.#rowOf(one);
      const ms = this.#watch.read() - one.at;
      const told = { step: 'list', address: one.address, ms } as const;
      if (found !== 'not in the list')
        await this.#tell({ ...told, message: `should not be in the list, but is ${found}` }, this.#options.doctor);
      else if (listed.length === 0)
        await this.#tell(
          { ...told, message: 'not in the list, which says nothing where no feedback arrives' },
          this.#options.doctor,
        );
      else await this.#tell({ ...told, message: `${found} ${seconds(ms)} after it was mailed` }, null);
    }
  }

  async #mailAgain({ address, reason }: Mailed): Promise<'mailed' | 'not mailed'> {
    const before = this.#watch.read();
    const sent = await this.#send(address);
    const told = { step: 'send-again', address, ms: this.#watch.read() - before } as const;
    if (!sent.ok) {
      await this.#tell({ ...told, message: `${sent.code}: ${sent.message}` }, this.#remedyOf(sent));
      return sent.code === 'OutcomeUnknown' ? 'mailed' : 'not mailed';
    }
    const [withheld] = sent.suppressed;
    if (sent.status === 'suppressed' && withheld?.reason === reason) {
      await this.#tell({ ...told, message: `withheld for ${reason}` }, null);
      return 'not mailed';
    }
    const instead = `${sent.status}${withheld ? ` (${withheld.reason})` : ''}`;
    await this.#tell({ ...told, message: `should be withheld for ${reason}, but is ${instead}` }, this.#options.doctor);
    return sent.status === 'suppressed' ? 'not mailed' : 'mailed';
  }

  async #cleanUp(mailed: readonly Mailed[]): Promise<void> {
    for (const { address } of mailed) {
      const before = this.#watch.read();
      const told = { step: 'clean-up', address } as const;
      try {
        const keys = await this.#keysOf(address);
        if (keys.length === 0) continue;
        if (this.#options.home !== undefined) {
          const message = `left to expire, as the list is written in ${this.#options.home}: it blocks for one hour`;
          await this.#tell({ ...told, ms: this.#watch.read() - before, message }, null);
          continue;
        }
        for (const key of keys) await this.#options.ledger.delete(key);
        await this.#tell({ ...told, ms: this.#watch.read() - before, message: 'taken off the list' }, null);
      } catch (fault) {
        const { code, message } = awsFault(fault);
        await this.#tell(
          { ...told, ms: this.#watch.read() - before, message: `${code}: ${message}` },
          'Allow dynamodb:DeleteItem; or leave it: it blocks for one hour and expires within a day.',
        );
      }
    }
  }
}

const keyOf = (text: string): Address => {
  const read = parseMailbox(text);
  if (read.ok) return read.value.key;
  throw new Error(read.error.message);
};

/**
 * Mails the mailbox simulator and proves what becomes of it: each row of the list or its absence, and that a second mail is
 * withheld. What it has put on the list it takes off again, also when something failed; of a copy it leaves that to time.
 *
 * @returns whether all went as it should
 */
export const runSmoke = (options: SmokeOptions): Promise<boolean> => new Smoke(options).run();
