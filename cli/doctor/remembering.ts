import type { Patient } from './patient.ts';

/** The same port, which asks each question once: several checks want the same answer, and SES gives one a second. */
const once = <Port extends object>(port: Port): Port => {
  const answers = new Map<string, unknown>();
  return new Proxy(port, {
    get: (target, name) => {
      const ask: unknown = Reflect.get(target, name, target);
      if (typeof ask !== 'function') return ask;
      return (...args: readonly unknown[]): unknown => {
        const question = JSON.stringify([String(name), ...args]);
        if (!answers.has(question)) answers.set(question, Reflect.apply(ask, target, args));
        return answers.get(question);
      };
    },
  });
};

/** A patient whose every port is asked each question once. */
export const remembering = (patient: Patient): Patient => ({
  ...patient,
  ses: once(patient.ses),
  topics: once(patient.topics),
  queues: once(patient.queues),
  tables: once(patient.tables),
  metrics: once(patient.metrics),
  dns: once(patient.dns),
  stacks: once(patient.stacks),
  pauses: once(patient.pauses),
});
