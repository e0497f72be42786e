import { MemoryLedger } from '../../../../adapters/memory-ledger.ts';
import { MemoryMetrics } from '../../../../adapters/memory-metrics.ts';
import type { OpenedList, OpenedMetrics } from '../../../../cli/dependencies.ts';
import type { Target } from '../../../../cli/deployment/target.ts';
import { watchList } from '../../../../console/server/feed/list-watch.ts';
import { type Address, parseAddress } from '../../../../core/address/address.ts';
import { DEFAULT_POLICY } from '../../../../core/contract/index.ts';
import type { Listed, RecentRange } from '../../../../core/ledger/ledger.ts';
import { memoryDependencies, teach } from '../../../cli/harness.ts';
import { bounce, bounced } from '../../../core/messages.ts';
import { FakeClock } from './fake-clock.ts';

export const addressOf = (text: string): Address => {
  const parsed = parseAddress(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.value;
};

export const bounceOf = (address: string, over: object = {}) =>
  bounce({
    mail: { destination: [address] },
    recipients: [bounced(address)],
    detail: { feedbackId: `f-${address}`, ...over },
  });

/** A list that tells how it is read, and can be made to change, or to fail, meanwhile. */
export class WatchedLedger extends MemoryLedger {
  readonly ranges: RecentRange[] = [];
  readonly reads: number[] = [];
  between: (taken: number) => Promise<void> = async () => undefined;
  fault: Error | undefined;
  /** Whether the newest entry comes again at the end, as one that changed meanwhile may. */
  repeats = false;

  override async *recent(range: RecentRange = {}): AsyncGenerator<Listed> {
    this.ranges.push(range);
    if (this.fault !== undefined) throw this.fault;
    let taken = 0;
    let newest: Listed | undefined;
    for await (const entry of super.recent(range)) {
      newest ??= entry;
      yield entry;
      taken += 1;
      await this.between(taken);
    }
    if (this.repeats && newest !== undefined) yield newest;
  }

  override read(keys: Parameters<MemoryLedger['read']>[0]) {
    this.reads.push(keys.length);
    return super.read(keys);
  }
}

export const setUp = (target: Target = { stack: 'Suppressor' }) => {
  const clock = new FakeClock();
  const faults = new Map<string, Error>();
  const ledger = new WatchedLedger({
    now: clock.now,
    fault: ({ operation, key }) => {
      const fault = operation === 'read' ? faults.get(key.address) : undefined;
      if (fault !== undefined) throw fault;
    },
  });
  const metrics = new MemoryMetrics();
  const opened = { list: 0, metrics: 0 };
  const refusals: Error[] = [];
  const deps = {
    ...memoryDependencies({}),
    now: clock.now,
    openList: async (): Promise<OpenedList> => {
      opened.list += 1;
      const refusal = refusals.shift();
      if (refusal !== undefined) throw refusal;
      return { table: 'Suppressions', policy: DEFAULT_POLICY, ledger, close: () => undefined };
    },
    openMetrics: async (): Promise<OpenedMetrics> => {
      opened.metrics += 1;
      return {
        ...(await memoryDependencies({}).openMetrics({ stack: 'Suppressor' })),
        reader: metrics,
      };
    },
  };
  const feed = watchList({ deps, target, sleep: clock.sleep });
  return { clock, ledger, faults, metrics, opened, refusals, feed };
};

export const learnAt = async ({ clock, ledger }: ReturnType<typeof setUp>, ...addresses: string[]): Promise<void> => {
  for (const address of addresses) {
    await teach(ledger, [bounceOf(address)]);
    clock.set(clock.now() + 1);
  }
};

export const many = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${prefix}${i}@target.example`);
export const namesOf = (items: readonly { readonly addresses: readonly string[] }[]) =>
  items.flatMap((item) => item.addresses);
