import type { OpenedDoctor } from '../../../cli/dependencies.ts';
import type { DoctorPorts } from '../../../cli/doctor/ports.ts';
import { Output } from '../../../core/contract/index.ts';

const denied = async (): Promise<never> => {
  throw Object.assign(new Error('User is not authorized to perform this'), { name: 'AccessDeniedException' });
};

const PORTS: DoctorPorts = {
  ses: {
    account: denied,
    identity: denied,
    identityTopics: denied,
    configurationSet: denied,
    eventDestinations: denied,
  },
  topics: { topic: denied, subscriptions: denied },
  queues: { size: denied },
  tables: {
    shape: denied,
    deletionProtection: denied,
    expiryAttribute: denied,
    pointInTimeRecovery: denied,
    otherRegions: denied,
    names: denied,
  },
  metrics: { sum: denied, latest: denied },
  dns: { txt: denied },
  stacks: { tablesOfStacks: denied, ownerOf: denied },
  pauses: { pauseOf: denied },
};

const OUTPUTS = new Map<string, string>([
  [Output.TABLE_NAME, 'Suppressions'],
  [Output.CONFIGURATION_SET_NAME, 'Set'],
  [Output.STREAMS, 'receipts newsletter'],
]);

/** A deployment that was found, and of which AWS tells nothing. */
export const deniedDoctor = async (): Promise<OpenedDoctor> => ({
  deployment: {
    name: 'the stack "Suppressor" (UPDATE_COMPLETE)',
    local: false,
    region: 'eu-west-1',
    status: 'UPDATE_COMPLETE',
    output: (key) => OUTPUTS.get(key),
  },
  ports: PORTS,
  close: () => undefined,
});
