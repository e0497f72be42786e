import { fitTemplate, type Template } from '../../../proof/acceptance/fit-template.ts';

const metric = (MetricName: string) => ({
  Namespace: 'SesSuppressor',
  MetricName,
  Dimensions: [{ Name: 'rule', Value: 'x' }],
});
const stat = (Id: string) => ({ Id, MetricStat: { Metric: metric(Id), Period: 300, Stat: 'Sum' }, ReturnData: false });
const alarm = (Properties: object) => ({ Type: 'AWS::CloudWatch::Alarm', Properties: { Threshold: 1, ...Properties } });

const fitted = (Resources: Template['Resources'], Outputs: Template['Outputs'] = {}) =>
  fitTemplate({ Resources, Outputs });

describe('What of a template is made fit for ministack', () => {
  test('an alarm of one metric that stands in a list, which loses its label only', () => {
    const given = alarm({ Metrics: [{ ...stat('Messages'), Label: 'given-back', ReturnData: true }] });
    const { template, changes } = fitted({ A: given });
    expect(template.Resources).toEqual({ A: alarm({ ...metric('Messages'), Period: 300, Statistic: 'Sum' }) });
    expect(changes).toEqual([{ about: 'A', kind: 'alarm-of-one-metric', now: 'its label is left out' }]);
  });

  test('an alarm of a calculation, of which the first metric is left', () => {
    const given = alarm({ Metrics: [{ Id: 'e', Expression: '100 * errors / all' }, stat('Errors'), stat('All')] });
    const { template, changes } = fitted({ A: given });
    expect(template.Resources.A?.Properties).toMatchObject({ MetricName: 'Errors', Statistic: 'Sum' });
    expect(template.Resources.A?.Properties).not.toHaveProperty('Metrics');
    expect(changes).toEqual([
      { about: 'A', kind: 'alarm-of-metric-math', now: 'only its first metric is left of 100 * errors / all' },
    ]);
  });

  test('a rotation, and what refers to a secret', () => {
    const { template, changes } = fitted({
      Key: { Type: 'AWS::SecretsManager::Secret' },
      Rotation: { Type: 'AWS::SecretsManager::RotationSchedule', Properties: { SecretId: { Ref: 'Key' } } },
      Function: { Type: 'AWS::Lambda::Function', Properties: { Secrets: [{ Ref: 'Key' }], Table: { Ref: 'Table' } } },
    });
    expect(Object.keys(template.Resources)).toEqual(['Key', 'Function']);
    expect(template.Resources.Function?.Properties).toEqual({
      Secrets: [{ 'Fn::GetAtt': ['Key', 'Id'] }],
      Table: { Ref: 'Table' },
    });
    expect(changes.map(({ kind, about }) => [kind, about])).toEqual([
      ['rotation-schedule', 'Rotation'],
      ['secret-ref', 'Key'],
    ]);
  });

  test('outputs of DKIM tokens, however deep they stand', () => {
    const token = { Value: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Identity', 'DkimDNSTokenName1'] }, ' CNAME']] } };
    const { template, changes } = fitted({}, { Token: token, Table: { Value: { Ref: 'Table' } } });
    expect(template.Outputs).toEqual({ Table: { Value: { Ref: 'Table' } } });
    expect(changes).toMatchObject([{ kind: 'dkim-output', about: 'Token' }]);
  });

  test('an alarm by name, and everything else, stays as it is', () => {
    const Resources = {
      A: alarm({ MetricName: 'Errors' }),
      Q: { Type: 'AWS::SQS::Queue', Properties: { RedrivePolicy: { maxReceiveCount: 3 } } },
    };
    const template = { Resources, Outputs: { Q: { Value: { Ref: 'Q' } } }, Rules: { R: {} } };
    expect(fitTemplate(template)).toEqual({ template, changes: [] });
  });
});
