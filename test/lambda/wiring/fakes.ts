import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import {
  type IdentityNotifications,
  NotificationRefused,
  type Wire,
  type Wires,
} from '../../../adapters/identity-notifications.ts';
import type { WiringMemory } from '../../../adapters/wiring-memory.ts';
import type { IdentityTopicProperties, NotificationType } from '../../../core/contract/index.ts';
import type { IdentityDeps, WiringDeps } from '../../../lambda/wiring/deps.ts';

export const OURS = 'arn:aws:sns:eu-west-1:111122223333:Ours';
export const THEIRS = 'arn:aws:sns:eu-west-1:111122223333:Theirs';

const NONE: Wire = { topic: null, headers: false };

/** SES with the identities given; writes down every change it is asked for. */
export class FakeSes implements IdentityNotifications {
  readonly changes: string[] = [];
  readonly gone = new Set<string>();
  readonly #wires = new Map<string, Wires>();

  constructor(identities: Readonly<Record<string, Partial<Wires>>>) {
    for (const [name, wires] of Object.entries(identities))
      this.#wires.set(name, { Bounce: NONE, Complaint: NONE, Delivery: NONE, ...wires });
  }

  wire(identity: string, type: NotificationType): Wire | undefined {
    return this.#wires.get(identity)?.[type];
  }

  async read(identities: readonly string[]) {
    return new Map(
      identities.flatMap((name) => {
        const wires = this.#wires.get(name);
        return wires === undefined ? [] : [[name, wires] as const];
      }),
    );
  }

  async setTopic(identity: string, type: NotificationType, topic: string | null) {
    if (topic !== null && this.gone.has(topic)) throw new NotificationRefused(`Invalid SNS topic ${topic}`);
    this.#change(identity, type, { topic });
    this.changes.push(`${identity}/${type} -> ${topic}`);
  }

  async setHeaders(identity: string, type: NotificationType, headers: boolean) {
    this.#change(identity, type, { headers });
    this.changes.push(`${identity}/${type} headers ${headers}`);
  }

  /** What SES does by itself, or another system does. */
  become(identity: string, type: NotificationType, topic: string | null) {
    this.#change(identity, type, { topic });
  }

  remove(identity: string) {
    this.#wires.delete(identity);
  }

  #change(identity: string, type: NotificationType, change: Partial<Wire>) {
    const wires = this.#wires.get(identity);
    if (wires === undefined) throw new NotificationRefused(`Identity ${identity} does not exist.`);
    this.#wires.set(identity, { ...wires, [type]: { ...wires[type], ...change } });
  }
}

/** A memory that forgets with the test. */
export class FakeMemory implements WiringMemory {
  readonly wires = new Map<string, Wire>();

  async recall(wire: string) {
    return this.wires.get(wire) ?? null;
  }

  async remember(wire: string, before: Wire, when: 'keep' | 'overwrite') {
    if (when === 'overwrite' || !this.wires.has(wire)) this.wires.set(wire, before);
  }

  async forget(wire: string) {
    this.wires.delete(wire);
  }
}

/** A wiring function's surroundings, with all that happened in them. */
export const surroundings = (ses: FakeSes, memory = new FakeMemory()) => {
  const counted: [string, string, number | undefined][] = [];
  const flushed: number[] = [];
  const logged: [string, Readonly<Record<string, unknown>>][] = [];
  const answers: { url: string; body: Record<string, string> }[] = [];
  const line = (message: string, facts: Readonly<Record<string, unknown>> = {}) => void logged.push([message, facts]);
  const log = { info: line, warn: line, error: line };
  const identity: IdentityDeps = {
    identities: ses,
    memory,
    topicArn: OURS,
    counts: {
      add: (metric, rule, by) => void counted.push([metric, rule, by]),
      flush: () => void flushed.push(counted.length),
    },
    log,
  };
  const deps: WiringDeps = {
    identity,
    tableShape: async () => null,
    put: async (url, body) => void answers.push({ url, body: JSON.parse(body) }),
    log,
  };
  return { deps, identity, memory, counted, flushed, logged, answers };
};

/** Properties of a wire, as CloudFormation passes them. */
export const wireTo = (more: Partial<IdentityTopicProperties> = {}): IdentityTopicProperties => ({
  Identity: 'ledger.example',
  NotificationType: 'Bounce',
  TopicArn: OURS,
  Replace: 'false',
  IncludeHeaders: 'false',
  Deployment: 'first',
  ...more,
});

/** An event of CloudFormation. */
export const resourceEvent = (
  request: 'Create' | 'Update' | 'Delete',
  properties: object = wireTo(),
  more: object = {},
): CloudFormationCustomResourceEvent =>
  ({
    RequestType: request,
    ResourceType: 'Custom::SesIdentityTopic',
    ServiceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:Wiring',
    ResponseURL: 'https://answers.example/signed',
    StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Suppressor/guid',
    RequestId: 'request-1',
    LogicalResourceId: 'Wire',
    PhysicalResourceId: 'ledger.example/Bounce',
    ResourceProperties: { ServiceToken: 'arn', ...properties },
    OldResourceProperties: { ServiceToken: 'arn', ...properties },
    ...more,
  }) as unknown as CloudFormationCustomResourceEvent;
