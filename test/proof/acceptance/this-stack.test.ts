import { droppedSettings } from '../../../proof/acceptance/dropped-settings.ts';
import { fitTemplate, type Template } from '../../../proof/acceptance/fit-template.ts';
import { wantedSettings } from '../../../proof/acceptance/wanted-settings.ts';
import { EVERYTHING, suppressorTemplate } from '../../lib/harness.ts';

const template = suppressorTemplate({ ...EVERYTHING, domains: [{ name: 'target.example' }] }).toJSON() as Template;
const resource = (prefix: string) => {
  const found = Object.entries(template.Resources).filter(([id]) => id.startsWith(prefix));
  expect(found).toHaveLength(1);
  return found[0]?.[1] ?? { Type: 'none' };
};

test('Wanted of a deployment is what its template says', () => {
  expect(wantedSettings(resource('FeedbackQueue213B2195'))).toEqual({
    VisibilityTimeout: '180',
    MessageRetentionPeriod: '1209600',
    MaximumMessageSize: undefined,
    SqsManagedSseEnabled: 'true',
    deadLetters: expect.stringMatching(/^FeedbackDeadLetterQueue/),
    maxReceiveCount: '480',
  });
  expect(wantedSettings(resource('SenderFunctionEventInvokeConfig'))).toEqual({
    MaximumRetryAttempts: '0',
    onFailure: expect.stringMatching(/^SenderFailedSends/),
  });
  expect(wantedSettings(resource('SendQueueFunctionSqsEventSource'))).toEqual({
    BatchSize: '10',
    FunctionResponseTypes: 'ReportBatchItemFailures',
    MaximumConcurrency: '2',
  });
  expect(wantedSettings({ Type: 'AWS::KMS::Key' })).toBeUndefined();
});

test('Dropped is what the template sets on tables and topics', () => {
  const told = droppedSettings(template).map(({ kind, about }) => `${kind} ${about.replace(/[0-9A-F]{8}$/, '')}`);
  expect(told.sort()).toEqual([
    'deletion-protection SuppressionsTable',
    'expiry MessagesTable',
    'expiry SuppressionsTable',
    'recovery IdentitiesMemory',
    'recovery SuppressionsTable',
    'topic-key AlarmTopic',
    'topic-key FeedbackSourceTopic',
  ]);
});

test('Fitted is nothing but what is known, and the template itself stays as it is', () => {
  const before = JSON.stringify(template);
  const { template: fitted, changes } = fitTemplate(template);
  expect(JSON.stringify(template)).toBe(before);
  expect(changes.map(({ kind }) => kind).sort()).toEqual([
    'alarm-of-metric-math',
    ...Array.from({ length: 6 }, () => 'alarm-of-one-metric'),
    'dkim-output',
    'dkim-output',
    'dkim-output',
    'rotation-schedule',
    'secret-ref',
  ]);
  expect(Object.keys(template.Resources).length - Object.keys(fitted.Resources).length).toBe(1);
});
