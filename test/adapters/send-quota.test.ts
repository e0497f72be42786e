import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sesQuotaClient, sesSendQuota } from '../../adapters/ses-send-quota.ts';

/** SES as far as it tells the quota; makes `answer` the reply to each call. */
const sesThat = async (status: number, body: string) => {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    let form = '';
    request.on('data', (chunk) => {
      form += chunk;
    });
    request.on('end', () => {
      seen.push(new URLSearchParams(form).get('Action') ?? '');
      response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = sesQuotaClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const close = async () => {
    client.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { quota: sesSendQuota(client), seen, close };
};

const NAMESPACE = 'http://ses.amazonaws.com/doc/2010-12-01/';
const quotaOf = (fields: string): string =>
  `<GetSendQuotaResponse xmlns="${NAMESPACE}"><GetSendQuotaResult>${fields}</GetSendQuotaResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetSendQuotaResponse>`;

test.each([
  [
    'an account',
    '<Max24HourSend>200.0</Max24HourSend><MaxSendRate>1.0</MaxSendRate><SentLast24Hours>127.0</SentLast24Hours>',
    [1, 200, 127],
  ],
  [
    'one without limit',
    '<Max24HourSend>-1.0</Max24HourSend><MaxSendRate>500.0</MaxSendRate><SentLast24Hours>0.0</SentLast24Hours>',
    [500, -1, 0],
  ],
  ['one of which nothing is told', '', [Number.NaN, Number.NaN, Number.NaN]],
])('reads the quota of %s', async (_which, fields, [maxSendRate, max24HourSend, sentLast24Hours]) => {
  const { quota, close } = await sesThat(200, quotaOf(fields));
  expect(await quota.read()).toEqual({ maxSendRate, max24HourSend, sentLast24Hours });
  await close();
});

test.each([
  [400, 'Throttling', 'Rate exceeded'],
  [500, 'InternalFailure', 'try later'],
])(
  'asks once and throws where SES answers %d: all of the account share one call a second',
  async (status, code, message) => {
    const error = `<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`;
    const { quota, seen, close } = await sesThat(status, error);
    await expect(quota.read()).rejects.toThrow(message);
    expect(seen).toEqual(['GetSendQuota']);
    await close();
  },
);
