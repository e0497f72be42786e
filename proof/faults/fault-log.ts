import type { FaultKind, Service } from './fault.ts';

/** One fault that was put in. */
export interface InjectedFault {
  readonly service: Service;
  /** Such as `PutItem`. */
  readonly operation: string;
  readonly kind: FaultKind;
  /** What the request was about. */
  readonly subject: string;
}

/** What was put in: counts by service, operation and kind, so that it does not grow with the run. */
export class FaultLog {
  readonly #counts = new Map<string, number>();
  readonly #onFault: (fault: InjectedFault) => void;
  #requests = 0;
  #faults = 0;
  #inconsistentReads = 0;

  /** @param onFault - told of each fault, for runs that are to be compared */
  constructor(onFault: (fault: InjectedFault) => void = () => undefined) {
    this.#onFault = onFault;
  }

  /** Requests that were tried, each try of the SDK for itself. */
  get requests(): number {
    return this.#requests;
  }

  /** Faults of all kinds. */
  get faults(): number {
    return this.#faults;
  }

  /** Reads that did not ask for consistency: a replica may have answered them with old values. */
  get inconsistentReads(): number {
    return this.#inconsistentReads;
  }

  request(): void {
    this.#requests += 1;
  }

  inconsistentRead(): void {
    this.#inconsistentReads += 1;
  }

  add(fault: InjectedFault): void {
    const name = `${fault.service} ${fault.operation} ${fault.kind}`;
    this.#faults += 1;
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    this.#onFault(fault);
  }

  /** How often each fault struck, as `dynamodb PutItem timeout-after`. */
  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** How often each kind struck, all operations together. */
  byKind(): Readonly<Partial<Record<FaultKind, number>>> {
    const sums: Partial<Record<FaultKind, number>> = {};
    for (const [name, count] of this.#counts) {
      const kind = name.slice(name.lastIndexOf(' ') + 1) as FaultKind;
      sums[kind] = (sums[kind] ?? 0) + count;
    }
    return sums;
  }
}
