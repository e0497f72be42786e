import { NotificationRefused, type Wire } from '../../../adapters/identity-notifications.ts';
import { NOTIFICATION_TYPES } from '../../../core/contract/index.ts';
import { makeHandler } from '../../../lambda/wiring/handler.ts';
import { isObject, type Json } from '../json.ts';
import { ready } from '../recipe.ts';
import { promise, type Target } from '../target.ts';
import { ClosedCounts } from '../worlds/closed-counts.ts';
import { LinesLog } from '../worlds/lines-log.ts';

const OURS = 'arn:aws:sns:eu-west-1:111122223333:Ours';
const THEIRS = 'arn:aws:sns:eu-west-1:111122223333:Theirs';
/** CloudFormation takes no longer answer. */
const ANSWER_BYTES = 4096;

const resource = (RequestType: string, over: { readonly [name: string]: Json } = {}): Json => ({
  RequestType,
  ResponseURL: 'https://cloudformation.example/signed',
  StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Suppressor/1',
  RequestId: 'r-1',
  LogicalResourceId: 'Wire',
  ResourceType: 'Custom::SesIdentityTopic',
  ...(RequestType === 'Create' ? {} : { PhysicalResourceId: 'ledger.example/Bounce' }),
  ResourceProperties: {
    ServiceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:Wiring',
    Identity: 'ledger.example',
    NotificationType: 'Bounce',
    TopicArn: OURS,
    Replace: 'false',
    IncludeHeaders: 'false',
    Deployment: '1',
  },
  ...(RequestType === 'Update' ? { OldResourceProperties: { TopicArn: THEIRS } } : {}),
  ...over,
});

const TABLE_CHECK = {
  ResourceType: 'Custom::SuppressionTableCheck',
  ResourceProperties: { TableName: 'Suppressions', Deployment: '1' },
};

/** The events of CloudFormation and of the schedule: a deployment never waits for an answer that does not come. */
export const wiring = (): Target => {
  const lines = new LinesLog();
  const counts = new ClosedCounts();
  return {
    name: 'wiring',
    seeds: [
      ...['Create', 'Update', 'Delete'].map((type) => resource(type)),
      ...['Create', 'Delete'].map((type) => resource(type, TABLE_CHECK)),
      resource('Create', {
        ResourceProperties: {
          Identity: 'theirs.example',
          NotificationType: 'Complaint',
          TopicArn: OURS,
          Replace: 'true',
          IncludeHeaders: 'true',
        },
      }),
      resource('Create', {
        ResourceProperties: {
          Identity: 'theirs.example',
          NotificationType: 'Complaint',
          TopicArn: OURS,
          Replace: 'false',
        },
      }),
      {
        action: 'reassert',
        identities: ['ledger.example', 'theirs.example', 'gone.example'],
        types: [...NOTIFICATION_TYPES],
      },
    ],
    words: [
      'Create',
      'Update',
      'Delete',
      'ResponseURL',
      'RequestType',
      'ResourceType',
      'ResourceProperties',
      'ledger.example',
      'theirs.example',
      'Custom::SuppressionTableCheck',
      'reassert',
      'action',
      OURS,
      THEIRS,
      'Bounce',
      'Complaint',
    ],
    answers: ['SUCCESS', 'FAILED', 'reasserted', 'refused'],
    async run(input) {
      const event = ready(input);
      const none: Wire = { topic: null, headers: false };
      const theirs: Wire = { topic: THEIRS, headers: false };
      const wires = new Map([
        ['ledger.example', { Bounce: none, Complaint: none, Delivery: none }],
        ['theirs.example', { Bounce: theirs, Complaint: theirs, Delivery: none }],
      ]);
      const remembered = new Map<string, Wire>();
      const answers: string[] = [];
      const set = async (identity: string): Promise<void> => {
        if (!wires.has(identity)) throw new NotificationRefused('no such identity');
      };
      const handler = makeHandler({
        identity: {
          identities: {
            read: async (names) =>
              new Map(
                names.flatMap((name) =>
                  wires.has(name) ? [[name, wires.get(name) ?? { Bounce: none, Complaint: none, Delivery: none }]] : [],
                ),
              ),
            setTopic: set,
            setHeaders: set,
          },
          memory: {
            recall: async (wire) => remembered.get(wire) ?? null,
            remember: async (wire, before) => void remembered.set(wire, before),
            forget: async (wire) => void remembered.delete(wire),
          },
          topicArn: OURS,
          counts,
          log: lines.log,
        },
        tableShape: async () => null,
        put: async (_url, body) => void answers.push(body),
        log: lines.log,
      });
      const isRequest =
        isObject(event) && 'ResponseURL' in event && 'RequestType' in event && event.action !== 'reassert';
      let isDone = false;
      try {
        await handler(event as unknown as Parameters<typeof handler>[0]);
        isDone = true;
      } catch (fault) {
        if (isRequest || !(fault instanceof Error)) throw fault;
      } finally {
        // a line about each wire, and the wires are each of these with each of those
        lines.check(JSON.stringify(event).length ** 2);
        counts.take();
      }
      if (!isRequest) return [isDone ? 'reasserted' : 'refused'];
      promise(answers.length === 1, () => `${answers.length} answers to CloudFormation`);
      const answer: { readonly Status?: unknown; readonly PhysicalResourceId?: unknown } = JSON.parse(
        answers[0] ?? '{}',
      );
      const own = ['StackId', 'RequestId', 'LogicalResourceId', 'LogicalResourceId'].reduce(
        (sum, name) => sum + Buffer.byteLength(JSON.stringify(event[name] ?? '')),
        0,
      );
      promise(
        Buffer.byteLength(answers[0] ?? '') - own <= ANSWER_BYTES,
        () => `an answer of ${answers[0]?.length} characters`,
      );
      return [String(answer.Status)];
    },
  };
};
