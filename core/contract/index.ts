/** All that infrastructure and runtime share; imports nothing else of core. */
export { Env } from './environment.ts';
export { METRIC_DIMENSION, METRIC_NAMESPACE, Metric } from './metrics.ts';
export { DEFAULT_POLICY, type Policy, type PolicyInput, PolicySchema } from './policy.ts';
export { Attribute, EVERYWHERE, RecentIndex } from './table.ts';
