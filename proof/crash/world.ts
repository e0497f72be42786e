import { Cloud } from './cloud.ts';
import type { Disturbance } from './disturbance.ts';

/** A request as a client hands it to the network. */
export interface WireRequest {
  readonly service: Service;
  /** Such as `PutItem` or `SendRawEmail`. */
  readonly operation: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a service answers. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Service = 'dynamodb' | 'ses' | 'sqs' | 'secrets';

/** Somebody whose requests travel here. */
export interface Traveller {
  /** Names it in the log. */
  readonly label: string;
  /** Asked before anything happens: whoever is to die when nothing else can run does so now. */
  idle(): void;
}

/** A request under way. */
export interface Flight {
  readonly of: Traveller;
  /** Its number among all of this traveller. */
  readonly nth: number;
  readonly request: WireRequest;
  readonly arrive: (answer: WireAnswer) => void;
  readonly fail: (fault: Error) => void;
}

/** What a process is surrounded by. */
export interface Surroundings {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Sends a request. */
  travel(of: Traveller, request: WireRequest): Promise<WireAnswer>;
  /** @returns what takes the timer back */
  ringIn(of: Traveller, millis: number, ring: () => void): () => void;
  /** Takes away all that somebody has under way. @returns the requests, in the order they left */
  orphan(of: Traveller): readonly Flight[];
  /**
   * Somebody's client is at a request: until that is in flight, and when it has been answered, nothing else happens. So the
   * pauses of a client between two tries take no time here.
   *
   * @returns what tells that the client has done with it
   */
  think(of: Traveller): () => void;
}

interface Timer {
  readonly of: Traveller;
  readonly at: number;
  readonly ring: () => void;
}

/** A connection that was cut after the request had arrived. */
const cutConnection = (): Error => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });

/** A client that is at something for longer pauses between two tries. */
const BRIEFLY = 50;

/** Monday noon; every run begins then. */
const START = Date.UTC(2026, 2, 2, 12);

/**
 * A cloud, the network to it and the time of day. One thing happens after another, and in the same order in each run: a
 * request in flight arrives and is answered, or, if there is none, the clock jumps to the next timer.
 */
export class World implements Surroundings {
  readonly cloud = new Cloud(() => this.now);
  now = START;
  /** Every request that arrived: whose, and which of theirs. Two runs with the same log left the same world behind. */
  readonly log: string[] = [];
  /** Mails of those who were faster, by SES's id. */
  readonly foreign = new Set<string>();
  #disturbances: readonly Disturbance[];
  readonly #order: 'fifo' | 'lifo';
  readonly #seen = new Map<string, number>();
  readonly #left = new Map<Traveller, number>();
  #flights: Flight[] = [];
  #timers: Timer[] = [];
  /** Requests that clients are at, in flight or not. */
  readonly #thinking = new Map<Traveller, number>();
  #late: { flights: readonly Flight[]; after: number } | undefined;
  #moving = false;

  /** @param order - which of several requests in flight arrives first */
  constructor(disturbances: readonly Disturbance[] = [], order: 'fifo' | 'lifo' = 'fifo') {
    this.#disturbances = disturbances;
    this.#order = order;
  }

  travel(of: Traveller, request: WireRequest): Promise<WireAnswer> {
    const nth = this.#left.get(of) ?? 0;
    this.#left.set(of, nth + 1);
    return new Promise((arrive, fail) => {
      this.#flights.push({ of, nth, request, arrive, fail });
      this.#move();
    });
  }

  ringIn(of: Traveller, millis: number, ring: () => void): () => void {
    const timer = { of, at: this.now + Math.max(0, millis), ring };
    this.#timers.push(timer);
    this.#move();
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer);
    };
  }

  orphan(of: Traveller): readonly Flight[] {
    const orphans = this.#flights.filter((flight) => flight.of === of);
    this.#flights = this.#flights.filter((flight) => flight.of !== of);
    this.#timers = this.#timers.filter((timer) => timer.of !== of);
    this.#thinking.delete(of);
    return orphans;
  }

  think(of: Traveller): () => void {
    const change = (by: number) => this.#thinking.set(of, (this.#thinking.get(of) ?? 0) + by);
    change(1);
    return () => {
      if (this.#thinking.has(of)) change(-1);
    };
  }

  /** The same cloud for somebody who is faster than everybody else: requests are answered at once, and nothing waits. */
  aside(): Surroundings {
    const { cloud, now } = this;
    return {
      now,
      travel: async (_of, request) => {
        const before = cloud.ses.mails.length;
        const answer = await cloud.answer(request);
        for (const { messageId } of cloud.ses.mails.slice(before)) this.foreign.add(messageId);
        return answer;
      },
      ringIn: () => () => undefined,
      orphan: () => [],
      think: () => () => undefined,
    };
  }

  /** Lets requests arrive whose sender is dead: nobody hears the answer. */
  async arriveUnheard(flights: readonly Flight[]): Promise<void> {
    for (const flight of flights) await this.#deliver(flight).catch(() => undefined);
  }

  /** Like {@link arriveUnheard}, but once so many other requests have arrived. */
  arriveLate(flights: readonly Flight[], after: number): void {
    this.#late = { flights, after: this.log.length + after };
  }

  /** Lets requests arrive that are late, if their time comes with so many more. */
  async arriveOverdue(more: number): Promise<void> {
    const late = this.#late;
    if (late === undefined || this.log.length + more <= late.after) return;
    this.#late = undefined;
    await this.arriveUnheard(late.flights);
  }

  /** From now on nothing goes wrong. */
  calm(): void {
    this.#disturbances = [];
  }

  /** Lets time pass while nobody does anything. */
  wait(millis: number): void {
    this.now += millis;
  }

  #move(): void {
    if (this.#moving) return;
    this.#moving = true;
    setImmediate(() => void this.#step());
  }

  /** Whether a client is at a request that is not in flight. */
  #isThinking(): boolean {
    const thinking = [...this.#thinking.values()].reduce((sum, requests) => sum + requests, 0);
    return thinking > this.#flights.length;
  }

  async #step(polls = 0): Promise<void> {
    if (this.#isThinking()) {
      if (polls < BRIEFLY) setImmediate(() => void this.#step(polls + 1));
      else setTimeout(() => void this.#step(polls + 1), 1);
      return;
    }
    for (const one of new Set([...this.#flights, ...this.#timers].map(({ of }) => of))) one.idle();
    const flight = this.#order === 'fifo' ? this.#flights.shift() : this.#flights.pop();
    if (flight !== undefined) {
      try {
        flight.arrive(await this.#deliver(flight));
      } catch (fault) {
        flight.fail(fault instanceof Error ? fault : new Error(String(fault)));
      }
    } else {
      const next = this.#timers.reduce<Timer | undefined>(
        (a, b) => (a === undefined || b.at < a.at ? b : a),
        undefined,
      );
      if (next !== undefined) {
        this.#timers = this.#timers.filter((each) => each !== next);
        this.now = Math.max(this.now, next.at);
        next.ring();
      }
    }
    this.#moving = false;
    if (this.#flights.length + this.#timers.length > 0) this.#move();
  }

  async #deliver({ of, nth, request }: Flight): Promise<WireAnswer> {
    await this.arriveOverdue(1);
    this.log.push(`${of.label}.${nth} ${request.operation}`);
    const seen = (this.#seen.get(request.operation) ?? 0) + 1;
    this.#seen.set(request.operation, seen);
    const met = this.#disturbances.find(({ operation, nth }) => operation === request.operation && nth === seen);
    if (met === undefined) return this.cloud.answer(request);
    switch (met.kind) {
      case 'refused':
        return met.answer;
      case 'cut': {
        await this.cloud.answer(request);
        throw cutConnection();
      }
      case 'slow':
        this.wait(met.millis);
        return this.cloud.answer(request);
      case 'unprocessed':
        return this.cloud.answer(request, met.keys);
      case 'rival':
        await met.rival(this);
        return this.cloud.answer(request);
    }
  }
}
