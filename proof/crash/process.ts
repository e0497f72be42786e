import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { Env } from '../../core/contract/index.ts';
import { ACCOUNT, REGION } from '../../local/arn.ts';
import { DUMMY_CREDENTIALS } from '../../local/dummy-credentials.ts';
import { MESSAGES, TABLE } from './dynamo.ts';
import type { Program } from './program.ts';
import type { Service, Surroundings, Traveller, WireAnswer } from './world.ts';

/** When a process dies at a site: its operand is not evaluated, is under way, or has come to its end unheard. */
export type Moment = 'before' | 'pending' | 'after';
export const MOMENTS = ['before', 'pending', 'after'] as const satisfies readonly Moment[];

/** Where a process dies: at the n-th site it passes, from 0. */
export interface Crash {
  readonly nth: number;
  readonly moment: Moment;
}

/** What became of an invocation. */
export type Outcome =
  | { readonly kind: 'answered'; readonly value: unknown }
  | { readonly kind: 'threw'; readonly error: Error }
  | { readonly kind: 'died' };

type Handler = (event: unknown, context: { readonly getRemainingTimeInMillis: () => number }) => Promise<unknown>;

const CLIENTS: Readonly<Record<string, { readonly client: string; readonly service: Service }>> = {
  '@aws-sdk/client-dynamodb': { client: 'DynamoDBClient', service: 'dynamodb' },
  '@aws-sdk/client-ses': { client: 'SESClient', service: 'ses' },
  '@aws-sdk/client-sqs': { client: 'SQSClient', service: 'sqs' },
  '@aws-sdk/client-secrets-manager': { client: 'SecretsManagerClient', service: 'secrets' },
};

const queueUrl = (name: string): string => `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${name}`;

/** What the stack sets for all of the functions here. */
const ENVIRONMENT: Readonly<Record<string, string>> = {
  AWS_REGION: REGION,
  [Env.TABLE]: TABLE,
  [Env.MESSAGES_TABLE]: MESSAGES,
  [Env.LOG_KEY]: 'crash',
  [Env.DEAD_LETTER_QUEUE]: queueUrl('dead-letters'),
  [Env.SEND_QUEUE]: queueUrl('sends'),
  [Env.SEND_DEAD_LETTER_QUEUE]: queueUrl('dead-sends'),
  [Env.CONFIGURATION_SET]: 'crash',
  [Env.UNSUBSCRIBE_URL]: 'https://unsubscribe.local/',
  [Env.UNSUBSCRIBE_SECRET]: 'crash-links',
};

/** Milliseconds of an invocation. */
export const INVOCATION_MS = 60_000;
/** A run that takes this long by the clock on the wall waits for something that never comes. */
const HANGS_MS = 20_000;

/** No jitter: the same run again takes the same time. */
const EVEN: Math = Object.assign(Object.create(Math), { random: () => 0.5 });

const requireHere = createRequire(import.meta.url);
const packages = new Map<string, Record<string, unknown>>();

/** What a program uses of a package: copying the rest for each process would take longer than the process itself. */
const packageOf = (name: string, program: Program): Record<string, unknown> => {
  const key = `${program.name} ${name}`;
  const known = packages.get(key);
  if (known !== undefined) return known;
  const whole = requireHere(name) as Record<string, unknown>;
  const used = Object.fromEntries(Object.entries(whole).filter(([export_]) => program.uses(export_)));
  packages.set(key, used);
  return used;
};

/** Somebody who will never hear. */
const never = <T>(): Promise<T> => new Promise(() => undefined);

type SdkClient = new (config: object) => { send(...given: readonly unknown[]): Promise<unknown> };

interface HttpRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const bodyOf = (body: unknown): string =>
  typeof body === 'string' ? body : new TextDecoder().decode((body as Uint8Array | undefined) ?? new Uint8Array());

const operationOf = ({ headers, body }: HttpRequest): string => {
  const target = Object.entries(headers).find(([name]) => name.toLowerCase() === 'x-amz-target')?.[1];
  return target?.split('.')[1] ?? new URLSearchParams(bodyOf(body)).get('Action') ?? '';
};

/**
 * One execution environment of a function: its modules are its own, and so are its timers. When it dies, nothing it
 * would still do has an effect: whatever it waits for never comes, and its requests go nowhere.
 */
export class Process implements Traveller {
  /** The sites it passed, by their numbers. */
  readonly passed: number[] = [];
  readonly label: string;
  readonly #world: Surroundings;
  readonly #crash: Crash | undefined;
  readonly #handler: Handler;
  /** Requests that were still under way, or left, after it had answered: a frozen function never makes them. */
  strays = 0;
  #dies = false;
  #isDead = false;
  #isFrozen = false;
  #onDeath: () => void = () => undefined;
  readonly #death: Promise<void>;

  /**
   * @param label - names it in the log of the world
   * @param crash - where it dies; undefined: nowhere
   */
  constructor(program: Program, world: Surroundings, label: string, crash?: Crash) {
    this.#world = world;
    this.label = label;
    this.#crash = crash;
    this.#death = new Promise((resolve) => {
      this.#onDeath = resolve;
    });
    const module = { exports: {} as { readonly handler?: Handler } };
    program.start(
      module,
      module.exports,
      (name: string) => this.#require(name, program),
      { env: ENVIRONMENT },
      this.#date(),
      EVEN,
      (ring: () => void, millis = 0) => world.ringIn(this, millis, this.#unlessDead(ring)),
      (takeBack: (() => void) | undefined) => takeBack?.(),
      (work: () => void) => setImmediate(this.#unlessDead(work)),
      (site: number) => this.#at(site),
      (nth: number, value: unknown) => this.#after(nth, value),
    );
    const { handler } = module.exports;
    if (handler === undefined) throw new Error(`${program.name} exports no handler`);
    this.#handler = handler;
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** Runs an event to its end, or to that of the process; then it is frozen, as Lambda does it. */
  async invoke(event: unknown): Promise<Outcome> {
    this.#isFrozen = false;
    const endsAt = this.#world.now + INVOCATION_MS;
    const run = async (): Promise<Outcome> => {
      try {
        const context = { getRemainingTimeInMillis: () => endsAt - this.#world.now };
        return { kind: 'answered', value: await this.#handler(structuredClone(event), context) };
      } catch (error) {
        return { kind: 'threw', error: error as Error };
      }
    };
    let guard: NodeJS.Timeout | undefined;
    const hangs = new Promise<never>((_resolve, reject) => {
      guard = setTimeout(() => reject(new Error('the function waits for something that never comes')), HANGS_MS);
    });
    try {
      return await Promise.race([run(), this.#death.then((): Outcome => ({ kind: 'died' })), hangs]);
    } finally {
      clearTimeout(guard);
      this.#isFrozen = true;
      if (!this.#isDead) this.strays += this.#world.orphan(this).length;
    }
  }

  /** Dies here if it was to die while it waits. */
  idle(): void {
    if (this.#dies) this.#die();
  }

  #die(): void {
    this.#isDead = true;
    this.#onDeath();
  }

  #at(site: number): number {
    const nth = this.passed.push(site) - 1;
    if (this.#crash?.nth === nth && this.#crash.moment === 'before' && !this.#isDead) this.#die();
    return nth;
  }

  #after(nth: number, value: unknown): Promise<unknown> {
    if (this.#isDead) {
      Promise.resolve(value).catch(() => undefined);
      return never();
    }
    const moment = this.#crash?.nth === nth ? this.#crash.moment : undefined;
    if (moment === 'pending') this.#dies = true;
    const goesOn = (): boolean => {
      if (this.#isDead) return false;
      this.#dies &&= moment !== 'pending';
      if (moment === 'after') this.#die();
      return !this.#isDead;
    };
    return Promise.resolve(value).then(
      (came) => (goesOn() ? came : never()),
      (fault: unknown) => (goesOn() ? Promise.reject(fault) : never()),
    );
  }

  #unlessDead(work: () => void): () => void {
    return () => {
      if (!this.#isDead) work();
    };
  }

  #date(): DateConstructor {
    const world = this.#world;
    return class extends Date {
      static override now(): number {
        return world.now;
      }
    } as DateConstructor;
  }

  #require(name: string, program: Program): unknown {
    if (name === 'node:timers/promises')
      return { setTimeout: (millis: number) => new Promise<void>((ring) => this.#world.ringIn(this, millis, ring)) };
    const known = CLIENTS[name];
    if (known === undefined) return requireHere(name);
    const used = packageOf(name, program);
    const Client = used[known.client] as SdkClient;
    return { ...used, [known.client]: this.#client(Client, known.service) };
  }

  /** The SDK's own client, but for the last step: its requests travel in the world. */
  #client(Client: SdkClient, service: Service): unknown {
    const think = () => (this.#isDead ? undefined : this.#world.think(this));
    const send = (request: HttpRequest) => this.#send(service, request);
    const requestHandler = {
      metadata: { handlerProtocol: 'http/1.1' },
      handle: async (request: HttpRequest) => {
        const { status, headers, body } = await send(request);
        return { response: { statusCode: status, headers, body: Readable.from([Buffer.from(body)]) } };
      },
      destroy: () => undefined,
    };
    return class extends Client {
      constructor(config: object) {
        super({ ...config, ...DUMMY_CREDENTIALS, requestHandler });
      }

      override send(...given: readonly unknown[]): Promise<unknown> {
        const done = think();
        return done === undefined ? never() : super.send(...given).finally(done);
      }
    };
  }

  async #send(service: Service, request: HttpRequest): Promise<WireAnswer> {
    if (this.#isFrozen && !this.#isDead) this.strays += 1;
    if (this.#isFrozen || this.#isDead) return never();
    const { headers } = request;
    const travelling = { service, operation: operationOf(request), headers, body: bodyOf(request.body) };
    const answer = await this.#world.travel(this, travelling);
    return this.#isDead ? never() : answer;
  }
}
