import { SendMessageCommand, type SendMessageCommandInput, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { SqsDeadLetters } from '../../adapters/sqs-dead-letters.ts';
import { sqsAttribute, sqsBody } from '../../adapters/sqs-text.ts';

const client = new SQSClient({ region: 'eu-west-1' });
const sqs = mockClient(client);
const letters = new SqsDeadLetters({ client, queueUrl: 'https://sqs.example/dead' });
beforeEach(() => sqs.reset());

/** What SQS documents as legal, character by character. */
const isLegal = (text: string): boolean =>
  [...text].every((c) => {
    const code = c.codePointAt(0) ?? 0;
    return (
      [0x9, 0xa, 0xd].includes(code) ||
      (code >= 0x20 && code <= 0xd7ff) ||
      (code >= 0xe000 && code <= 0xfffd) ||
      code >= 0x10000
    );
  });

const parked = async (letter: { body: string; code: string; message: string }): Promise<SendMessageCommandInput> => {
  sqs.on(SendMessageCommand).resolves({ MessageId: 'm' });
  await letters.park(letter);
  const [call] = sqs.commandCalls(SendMessageCommand);
  if (call === undefined) throw new Error('nothing was sent');
  return call.args[0].input;
};

test('parks the message as it arrived, with its code and reason', async () => {
  expect(await parked({ body: 'not json\n', code: 'NotJson', message: 'Unexpected token' })).toEqual({
    QueueUrl: 'https://sqs.example/dead',
    MessageBody: 'not json\n',
    MessageAttributes: {
      code: { DataType: 'String', StringValue: 'NotJson' },
      message: { DataType: 'String', StringValue: 'Unexpected token' },
    },
  });
});

test('gives attributes that SQS takes, however empty, long or strange the reason is', async () => {
  const { MessageAttributes } = await parked({ body: 'x', code: '', message: `\u0000\uffff🚫${'x'.repeat(5000)}` });
  expect(MessageAttributes?.code?.StringValue).toBe('none');
  const message = MessageAttributes?.message?.StringValue ?? '';
  expect(message).toMatch(/^🚫x+$/);
  expect(message.length).toBeLessThanOrEqual(500);
});

test('cuts no character in half', () => {
  expect(isLegal(sqsAttribute(`${'x'.repeat(9)}🚫`, 10))).toBe(true);
});

test('writes JSON with characters that SQS refuses so that it means the same', () => {
  const body = '{"name":"a\uffff\ufffeb\ud800"}';
  expect(sqsBody(body)).toBe('{"name":"a\\uffff\\ufffeb\\ud800"}');
  expect(JSON.parse(sqsBody(body))).toEqual(JSON.parse(body));
});

test('writes any other text that SQS refuses as a JSON string, which reads as the text', () => {
  for (const body of ['', 'bell \u0007', '\u0000', '{"cut":"\u0001']) expect(JSON.parse(sqsBody(body))).toBe(body);
});

test('loses nothing of any body, and always writes what SQS takes', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json({ stringUnit: 'binary' })), (body) => {
      const written = sqsBody(body);
      expect(isLegal(written) && written !== '').toBe(true);
      expect(
        written === body ||
          JSON.parse(written) === body ||
          JSON.stringify(JSON.parse(written)) === JSON.stringify(JSON.parse(body)),
      ).toBe(true);
    }),
  );
});

test('fails when the queue does not take the letter, so that the record is given back', async () => {
  sqs.on(SendMessageCommand).rejects(new Error('AWS.SimpleQueueService.NonExistentQueue'));
  await expect(letters.park({ body: 'x', code: 'NotJson', message: 'y' })).rejects.toThrow('NonExistentQueue');
});
