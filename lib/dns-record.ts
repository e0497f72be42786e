import { CfnOutput, RemovalPolicy } from 'aws-cdk-lib';
import { CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';

/** A record of the DNS, as a person types it into a provider's form. */
export interface DnsRecord {
  /** Tells it from the others of the same domain: `Dkim1`. */
  readonly id: string;
  /** Without a dot at the end. */
  readonly name: string;
  readonly type: 'CNAME' | 'MX' | 'TXT';
  /** Text without quotes; of an MX with its priority. */
  readonly value: string;
  /** What it is there for, as a sentence. */
  readonly purpose: string;
}

/** A day would be usual; half an hour lets a mistake be mended within one. */
const TTL_SECONDS = '1800';

/** Route 53 takes text in quotes only, and no more than 255 characters in a piece; readers put the pieces together. */
const quoted = ({ type, value }: DnsRecord): string =>
  type === 'TXT' ? (value.match(/.{1,255}/g) ?? ['']).map((piece) => `"${piece}"`).join(' ') : value;

/**
 * Makes the record in a hosted zone of Route 53. It stays when the stack goes, as mail depends on it, but for a first
 * deployment that fails.
 */
export const makeRecord = (scope: Construct, record: DnsRecord, hostedZoneId: string): CfnRecordSet => {
  const made = new CfnRecordSet(scope, record.id, {
    hostedZoneId,
    name: record.name,
    type: record.type,
    resourceRecords: [quoted(record)],
    ttl: TTL_SECONDS,
  });
  made.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  return made;
};

/** Tells the record by an output of the stack, `name TYPE value` on one line. */
export const tellRecord = (scope: Construct, record: DnsRecord): CfnOutput =>
  new CfnOutput(scope, record.id, {
    value: `${record.name} ${record.type} ${record.value}`,
    description: `Add to the DNS: ${record.purpose}`,
  });
