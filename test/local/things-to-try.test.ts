import { type LocalCloud, readyLine, startLocalCloud } from '../../local/cloud.ts';
import { jsonLines } from '../../local/command-lines.ts';
import { HumanReport } from '../../local/loop/human-report.ts';
import { paintFor } from '../../local/loop/paint.ts';
import { thingsToTry } from '../../local/things-to-try.ts';

jest.setTimeout(30_000);

let cloud: LocalCloud;
let text: string;

beforeAll(async () => {
  cloud = await startLocalCloud({ delays: [1, 10] });
  text = thingsToTry(cloud.addresses, paintFor({}, {}));
});
afterAll(() => cloud.stop());

const until = async (holds: () => boolean) => {
  const deadline = Date.now() + 15_000;
  while (!holds() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(holds()).toBe(true);
};

/** Does what a printed curl command does. */
async function paste(title: string): Promise<string> {
  const [, command = ''] = new RegExp(`^${title}\\n((?: +.*\\n)+)`, 'm').exec(text) ?? [];
  const [, url = '', , name, value, body] =
    /^ +curl -s (\S+)( -H '([^:]+): ([^']+)')?(?: -d '([^']*)')?\n$/.exec(command) ?? [];
  const headers = name === undefined || value === undefined ? {} : { [name]: value };
  const method = body === undefined ? 'GET' : 'POST';
  return (await fetch(url, { method, headers, ...(body !== undefined && { body }) })).text();
}

describe('What a person is told to start with', () => {
  test('keeps within 100 columns', () => {
    const ready: string[] = [];
    new HumanReport((line) => ready.push(line), paintFor({}, {})).report(readyLine(cloud.addresses));
    for (const line of [...ready, ...text.split('\n')]) expect(line.length).toBeLessThanOrEqual(100);
    for (const address of [cloud.addresses.sendQueue, cloud.addresses.sendDeadLetterQueue])
      expect(ready.join('\n')).toContain(address);
    expect(ready.join('\n')).toContain('SenderNotAllowed');
  });

  test('says how other programs talk to the cloud', () => {
    const { dynamodb, table } = cloud.addresses;
    const [, words = ''] = /^ {3}export ((?:.*\\\n)*.*)$/m.exec(text) ?? [];
    expect(text).toContain(`(table ${table})`);
    expect(words.split(/\s+(?:\\\s+)?/)).toEqual(
      expect.arrayContaining([
        `AWS_ENDPOINT_URL_DYNAMODB=${dynamodb}`,
        'AWS_REGION=us-east-1',
        'AWS_ACCESS_KEY_ID=local',
        'AWS_SECRET_ACCESS_KEY=local',
      ]),
    );
  });

  test('leads to the console where there is one', () => {
    const console = 'http://127.0.0.1:4581/?token=secret';
    expect(thingsToTry({ ...cloud.addresses, console }, paintFor({}, {}))).toContain(`   ${console}#/try\n`);
    expect(text).not.toContain('#/try');
  });

  test('works when it is pasted', async () => {
    expect(await paste('Send a mail that bounces')).toContain('"status":"sent"');
    expect(await paste('Send once for a key.*')).toContain('"status":"sent"');
    expect(await paste('Send once for a key.*')).toContain('"duplicate":true');
    expect(await paste('Send a newsletter.*')).toContain('"status":"sent"');
    expect(await paste('Look at the mail.*')).toContain('List-Unsubscribe');
    expect(await paste('Send a template.*')).toContain('"status":"sent"');
    expect(cloud.inbox.last?.content?.subject).toBe('Welcome, Pat');
    expect(await paste('Queue a request that is at fault')).toContain('MessageId');
    await until(() => cloud.sendDeadLetterQueue.visible === 1);
    for (const _again of [1, 2]) {
      const { Messages } = JSON.parse(await paste('Read it back.*'));
      expect(Messages).toMatchObject([{ MessageAttributes: { code: { StringValue: 'InvalidRequest' } } }]);
    }
  });

  test('breaks JSON where its meaning stays', () => {
    const value = { a: 'x'.repeat(60), b: ["it's", '"quoted", too'], c: 'y'.repeat(60), d: null };
    const lines = jsonLines(value);
    expect(lines.length).toBeGreaterThan(1);
    expect(JSON.parse(lines.join('\n'))).toEqual(value);
  });
});
