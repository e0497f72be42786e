import type { Said } from './finding.ts';
import type { Patient } from './patient.ts';

/** Headings of the report, in its order. */
export const GROUPS = [
  'Account',
  'Identities',
  'Configuration sets',
  'Feedback',
  'Sending',
  'List',
  'Functions',
] as const;

/** One question about a deployment, asked of each thing it is about. */
export interface Check {
  /** Stands in findings as `check`; the same in every version. */
  readonly name: string;
  readonly group: (typeof GROUPS)[number];
  /** IAM actions it needs. */
  readonly needs: readonly string[];
  /** What it is about; nothing: this deployment has no such thing. */
  readonly subjects: (patient: Patient) => readonly string[];
  /** @returns what it has to say, usually one thing; nothing: another check says it already */
  readonly look: (patient: Patient, about: string) => Promise<Said | readonly Said[]>;
}
