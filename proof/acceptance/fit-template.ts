/** A CloudFormation template, as far as it is looked at here. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, unknown>>;
  readonly [section: string]: unknown;
}

/** A resource of a template. */
export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly [attribute: string]: unknown;
}

/** One thing of the template that ministack refuses, and what became of it. */
export interface Change {
  /** Logical id of a resource, or key of an output. */
  readonly about: string;
  readonly kind: 'alarm-of-one-metric' | 'alarm-of-metric-math' | 'rotation-schedule' | 'dkim-output' | 'secret-ref';
  /** What became of it. */
  readonly now: string;
}

interface MetricStat {
  readonly Metric: { readonly Namespace: string; readonly MetricName: string; readonly Dimensions?: unknown };
  readonly Period: number;
  readonly Stat: string;
}

type Query = {
  readonly Id: string;
  readonly Label?: string;
  readonly Expression?: string;
  readonly MetricStat?: MetricStat;
};

const isQueries = (value: unknown): value is readonly Query[] => Array.isArray(value);

/** An alarm over one metric says the same by `MetricName`; of a calculation only its first metric is left. */
const plainAlarm = (about: string, alarm: Resource): { alarm: Resource; change: Change } | null => {
  const { Metrics, ...properties } = alarm.Properties ?? {};
  if (alarm.Type !== 'AWS::CloudWatch::Alarm' || !isQueries(Metrics)) return null;
  const stat = Metrics.find(({ MetricStat }) => MetricStat !== undefined)?.MetricStat;
  if (stat === undefined) return null;
  const { Metric, Period, Stat } = stat;
  const expression = Metrics.find(({ Expression }) => Expression !== undefined)?.Expression;
  const change: Change =
    expression === undefined
      ? { about, kind: 'alarm-of-one-metric', now: 'its label is left out' }
      : { about, kind: 'alarm-of-metric-math', now: `only its first metric is left of ${expression}` };
  return { alarm: { ...alarm, Properties: { ...properties, ...Metric, Period, Statistic: Stat } }, change };
};

const refersTo = (value: unknown, attribute: RegExp): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  const got: unknown = Reflect.get(value, 'Fn::GetAtt');
  if (Array.isArray(got) && attribute.test(String(got[1]))) return true;
  return Object.values(value).some((inner) => refersTo(inner, attribute));
};

/** Every `Ref` of one of these resources as `Fn::GetAtt` of its `Id`. */
const refsAsIds = (value: unknown, ids: ReadonlySet<string>): unknown => {
  if (Array.isArray(value)) return value.map((each) => refsAsIds(each, ids));
  if (typeof value !== 'object' || value === null) return value;
  const ref: unknown = Reflect.get(value, 'Ref');
  if (typeof ref === 'string' && ids.has(ref)) return { 'Fn::GetAtt': [ref, 'Id'] };
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, refsAsIds(inner, ids)]));
};

/** To AWS the `Ref` of a secret and its `Id` are both the ARN; to ministack the `Ref` is the name, which no policy allows. */
const secretsById = (template: Template, changes: Change[]): Template => {
  const secrets = Object.entries(template.Resources).flatMap(([id, { Type }]) =>
    Type === 'AWS::SecretsManager::Secret' ? [id] : [],
  );
  for (const about of secrets)
    changes.push({ about, kind: 'secret-ref', now: 'referred to by its Id instead of Ref, which on AWS is the same' });
  return refsAsIds(template, new Set(secrets)) as Template;
};

/**
 * Takes out of a template what ministack 1.5.33 refuses, and nothing else. The template itself stays as it is: what
 * comes back is the one that is deployed there, and each change to it.
 */
export const fitTemplate = (
  template: Template,
): { readonly template: Template; readonly changes: readonly Change[] } => {
  const changes: Change[] = [];
  const resources: [string, Resource][] = [];
  for (const [about, resource] of Object.entries(template.Resources)) {
    if (resource.Type === 'AWS::SecretsManager::RotationSchedule') {
      changes.push({ about, kind: 'rotation-schedule', now: 'left out: ministack does not know the type' });
      continue;
    }
    const plain = plainAlarm(about, resource);
    if (plain !== null) changes.push(plain.change);
    resources.push([about, plain?.alarm ?? resource]);
  }
  const outputs = Object.entries(template.Outputs ?? {}).filter(([about, output]) => {
    if (!refersTo(output, /^DkimDNSToken/)) return true;
    changes.push({ about, kind: 'dkim-output', now: 'left out: ministack makes no DKIM tokens' });
    return false;
  });
  const fitted = { ...template, Resources: Object.fromEntries(resources), Outputs: Object.fromEntries(outputs) };
  return { template: secretsById(fitted, changes), changes };
};
