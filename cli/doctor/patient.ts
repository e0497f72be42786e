import { Output } from '../../core/contract/index.ts';
import type { Instant } from '../../core/instant.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { senderPatterns } from '../deployment/sender-patterns.ts';
import type { DoctorPorts } from './ports.ts';

/** The deployment that is looked at, and what looks. */
export interface Patient extends DoctorPorts {
  readonly deployment: Pick<Deployment, 'name' | 'local' | 'region' | 'status' | 'output'>;
  /** Domains that were asked for beside those of the deployment. */
  readonly domains: readonly string[];
  /** A command of this program about this deployment. @example commandLine('resume') // 'ses-suppressor resume' */
  readonly commandLine: (command: string) => string;
  readonly now: Instant;
}

const words = (text: string | undefined): string[] => (text ?? '').split(' ').filter(Boolean);

const unique = (names: readonly string[]): string[] => [...new Set(names)];

/** Identities whose notifications this deployment has wired. */
export const wiredIdentities = ({ deployment }: Patient): string[] => words(deployment.output(Output.IDENTITIES));

/** Patterns that From must match; empty if nobody may send. */
export const sendersOf = ({ deployment }: Patient): string[] => senderPatterns(deployment.output(Output.SENDERS));

/** An address as it stands in From, or a domain: what somebody wants to send as. */
export const sendersToCheck = (patient: Patient): string[] =>
  unique([...sendersOf(patient).map((pattern) => pattern.replace(/^\*@/, '').toLowerCase()), ...patient.domains]);

/** The domain of an address or of a domain. @example domainOf('pat@ledger.example') // 'ledger.example' */
export const domainOf = (identity: string): string => identity.slice(identity.lastIndexOf('@') + 1);

/** Every configuration set of the deployment, the default one first. */
export const configurationSets = ({ deployment }: Patient): string[] =>
  unique([
    ...words(deployment.output(Output.CONFIGURATION_SET_NAME)),
    ...words(deployment.output(Output.CONFIGURATION_SETS)),
  ]);

/** The values of those outputs that the deployment has, by key. */
export const outputs = ({ deployment }: Patient, keys: readonly Parameters<Patient['deployment']['output']>[0][]) =>
  keys.flatMap((key) => deployment.output(key) ?? []);
