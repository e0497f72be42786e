import { gzipSync } from 'node:zlib';
import type { Json } from '../json.ts';
import { ENVELOPED, EVENTS, sqs } from './messages.ts';
import { REQUESTS } from './requests.ts';

type Fields = { readonly [name: string]: Json };

const http = (server: string, method: string, path: string, headers: Fields, body: Json): Json => ({
  server,
  method,
  path,
  headers,
  body,
});
const invoke = (name: string, event: Json, headers: Fields = {}): Json =>
  http(
    'lambda',
    'POST',
    `/2015-03-31/functions/${name}/invocations`,
    { 'content-type': 'application/json', ...headers },
    { $utf8: { $json: event } },
  );
const query = (server: string, form: Fields): Json =>
  http(server, 'POST', '/', { 'content-type': 'application/x-www-form-urlencoded' }, { $form: form });
const awsJson = (server: string, target: string, input: Json): Json =>
  http(server, 'POST', '/', { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target }, { $json: input });
const v2 = (method: string, path: string, body: Json = ''): Json =>
  http('ses', method, `/v2/email/${path}`, { 'content-type': 'application/json' }, body);

const RAW = 'From: no-reply@ledger.example\r\nTo: bounce@simulator.amazonses.com\r\nSubject: Hi\r\n\r\nHi\r\n';
/** Stand for what is known only once the cloud is there. */
export const [ALARM_TOPIC, TOKEN] = ['the-alarm-topic', 'the-token'];
const QUEUE = 'http://127.0.0.1/000000000000/suppressor-local-feedback';

/** Requests of every kind to every server of the local cloud. */
export const LOCAL_REQUESTS: readonly Json[] = [
  http('lambda', 'GET', '/', {}, ''),
  ...REQUESTS.slice(0, 4).map((request) => invoke('send', request)),
  invoke('send', REQUESTS.slice(0, 2)),
  invoke('send', REQUESTS[0] ?? null, { 'x-amz-invocation-type': 'Event' }),
  invoke('arn:aws:lambda:us-east-1:000000000000:function:send:live', REQUESTS[0] ?? null, {
    'x-amz-invocation-type': 'DryRun',
  }),
  ...EVENTS.slice(0, 3).map((event) => invoke('feedback', event)),
  invoke('feedback', EVENTS.at(-1) ?? null),
  invoke('queue', { Records: [sqs({ $json: REQUESTS[0] ?? null })] }),
  invoke('unsubscribe', {
    requestContext: { http: { method: 'POST' } },
    rawQueryString: 't=x',
    body: 'List-Unsubscribe=One-Click',
  }),
  query('ses', {
    Action: 'SendRawEmail',
    'RawMessage.Data': { $base64: RAW },
    Source: 'no-reply@ledger.example',
    'Destinations.member.1': 'bounce@simulator.amazonses.com',
    ConfigurationSetName: 'suppressor-local',
    'Tags.member.1.Name': 'stream',
    'Tags.member.1.Value': 'receipts',
  }),
  query('ses', {
    Action: 'SendEmail',
    Source: 'no-reply@ledger.example',
    'Destination.ToAddresses.member.1': 'pat@target.example',
    'Message.Subject.Data': 'Hi',
    'Message.Body.Text.Data': 'Hi',
  }),
  query('ses', {
    Action: 'SendTemplatedEmail',
    Source: 'no-reply@ledger.example',
    Template: 'welcome',
    TemplateData: '{"name":"Pat"}',
    'Destination.ToAddresses.member.1': 'pat@target.example',
  }),
  query('ses', {
    Action: 'CreateTemplate',
    'Template.TemplateName': 'mine',
    'Template.SubjectPart': 'Hi {{name}}',
    'Template.TextPart': '{{#if a}}x{{/if}}',
  }),
  query('ses', { Action: 'ListTemplates', MaxItems: '10', NextToken: 'x' }),
  query('ses', { Action: 'GetSendQuota' }),
  query('ses', {
    Action: 'SetIdentityNotificationTopic',
    Identity: 'ledger.example',
    NotificationType: 'Bounce',
    SnsTopic: 'arn:aws:sns:us-east-1:000000000000:t',
  }),
  query('ses', { Action: 'GetIdentityNotificationAttributes', 'Identities.member.1': 'ledger.example' }),
  query('ses', {
    Action: 'DescribeConfigurationSet',
    ConfigurationSetName: 'suppressor-local',
    'ConfigurationSetAttributeNames.member.1': 'eventDestinations',
  }),
  v2('PUT', 'suppression/addresses', { $json: { EmailAddress: 'pat@target.example', Reason: 'BOUNCE' } }),
  v2('GET', 'suppression/addresses?PageSize=10&Reason=BOUNCE'),
  v2('GET', 'suppression/addresses/pat%40target.example'),
  v2('DELETE', 'suppression/addresses/pat%40target.example'),
  v2('GET', 'account'),
  v2('GET', 'configuration-sets/suppressor-local'),
  v2('GET', 'identities/ledger.example'),
  awsJson('sqs', 'AmazonSQS.SendMessage', {
    QueueUrl: QUEUE,
    MessageBody: ENVELOPED[0] ?? '',
    MessageAttributes: { code: { DataType: 'String', StringValue: 'x' } },
  }),
  awsJson('sqs', 'AmazonSQS.ReceiveMessage', {
    QueueUrl: `${QUEUE}-dead-letters`,
    MaxNumberOfMessages: 10,
    WaitTimeSeconds: 0,
  }),
  awsJson('sqs', 'AmazonSQS.SendMessageBatch', { QueueUrl: QUEUE, Entries: [{ Id: 'a', MessageBody: 'x' }] }),
  awsJson('sqs', 'AmazonSQS.GetQueueAttributes', { QueueUrl: QUEUE, AttributeNames: ['All'] }),
  awsJson('sqs', 'AmazonSQS.ChangeMessageVisibility', { QueueUrl: QUEUE, ReceiptHandle: 'x', VisibilityTimeout: 10 }),
  awsJson('sqs', 'AmazonSQS.ListQueues', {}),
  awsJson('sqs', 'AmazonSQS.StartMessageMoveTask', {
    SourceArn: 'arn:aws:sqs:us-east-1:000000000000:suppressor-local-feedback-dead-letters',
  }),
  query('sns', {
    Action: 'Publish',
    TopicArn: ALARM_TOPIC,
    Subject: 'Paused',
    Message: 'words',
  }),
  awsJson('secrets', 'secretsmanager.GetSecretValue', {
    SecretId: 'suppressor-local-unsubscribe',
    VersionStage: 'AWSCURRENT',
  }),
  awsJson('secrets', 'secretsmanager.DescribeSecret', { SecretId: 'suppressor-local-unsubscribe' }),
  awsJson('secrets', 'secretsmanager.UpdateSecretVersionStage', {
    SecretId: 'suppressor-local-unsubscribe',
    VersionStage: 'AWSPENDING',
    MoveToVersionId: 'v',
  }),
  awsJson('cloudwatch', 'GraniteServiceVersion20100801.PutMetricData', {
    Namespace: 'Mine',
    MetricData: [{ MetricName: 'm', Value: 1, Timestamp: 1767323045, Dimensions: [{ Name: 'rule', Value: 'x' }] }],
  }),
  awsJson('cloudwatch', 'GraniteServiceVersion20100801.GetMetricData', {
    StartTime: 1767323000,
    EndTime: 1767323100,
    MetricDataQueries: [
      { Id: 'a', MetricStat: { Metric: { Namespace: 'Mine', MetricName: 'm' }, Period: 60, Stat: 'Sum' } },
    ],
  }),
  http(
    'cloudwatch',
    'POST',
    '/',
    { 'x-amz-target': 'GraniteServiceVersion20100801.PutMetricData', 'content-encoding': 'gzip' },
    gzipSync('{"Namespace":"Mine"}').toString('latin1'),
  ),
  http('unsubscribe', 'GET', `/?t=${TOKEN}`, { 'user-agent': 'agent' }, ''),
  http(
    'unsubscribe',
    'POST',
    `/?t=${TOKEN}`,
    { 'content-type': 'application/x-www-form-urlencoded' },
    'List-Unsubscribe=One-Click',
  ),
  http('ses', 'GET', '/last', {}, ''),
];
