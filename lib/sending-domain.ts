import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  DkimIdentity,
  EasyDkimSigningKeyLength,
  EmailIdentity,
  type IConfigurationSet,
  Identity,
  MailFromBehaviorOnMxFailure,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { type DnsRecord, makeRecord, tellRecord } from './dns-record.ts';
import { isEmail, isIdentity } from './sender.ts';

/** What receivers shall do with mail that is not provably from the domain. */
export interface Dmarc {
  /**
   * `none` has receivers report only, `quarantine` treat such mail as spam, `reject` refuse it.
   *
   * @default 'none'
   */
  readonly policy?: 'none' | 'quarantine' | 'reject';
  /**
   * The address that gets receivers' reports; one of another domain must allow it there.
   *
   * @default - nobody gets reports
   */
  readonly rua?: string;
}

/** A hosted zone of Route 53. */
export interface Zone {
  /** As in `Z0123456789ABCDEFGHIJ`. */
  readonly id: string;
  /** The domain it is for: the sending domain, or one above it. */
  readonly name: string;
}

/** A domain to send from, as the configuration has it. */
export interface SendingDomainSettings {
  /** In lower case, as in `ledger.example`. */
  readonly name: string;
  /**
   * The subdomain that bounces go to and SPF is checked for; `false`: SES's own. No mail may be sent from it, or received
   * by it.
   *
   * @default - `mail.` and the name
   */
  readonly mailFrom?: string | false;
  /**
   * `false`: no record, because there is one.
   *
   * @default - `v=DMARC1; p=none`
   */
  readonly dmarc?: Dmarc | false;
  /**
   * Where the records are made.
   *
   * @default - nowhere: outputs of the stack say what to add
   */
  readonly zone?: Zone;
}

/** Options of {@link SendingDomain}. */
export interface SendingDomainProps extends SendingDomainSettings {
  /**
   * What is used by mail of this domain that names no configuration set, whoever sends it. It must outlive the identity.
   *
   * @default - none: such mail is in no configuration set
   */
  readonly configurationSet?: IConfigurationSet;
}

const SPF = 'v=spf1 include:amazonses.com ~all';

/**
 * A domain to send from: its identity in SES with DKIM, a MAIL FROM domain of its own, and the records of the DNS that
 * both need, made in a hosted zone or told by outputs.
 *
 * Identity and records stay when the stack goes: all mail of the domain depends on them. An identity that exists already
 * cannot be made again, so this is for new domains; what a failed deployment has made goes with it, so that the next one can
 * make it.
 *
 * @example new SendingDomain(this, 'Domain', { name: 'ledger.example', zone: { id: 'Z0123', name: 'ledger.example' } });
 */
export class SendingDomain extends Construct {
  /** The identity in SES. */
  public readonly identity: EmailIdentity;
  /** The MAIL FROM domain; absent: SES's own. */
  public readonly mailFrom?: string;
  /** What must be in the DNS. */
  public readonly records: readonly DnsRecord[];

  /** @throws if a name, a zone or an address is not one, or SES's names in the Region are not known */
  constructor(scope: Construct, id: string, props: SendingDomainProps) {
    super(scope, id);
    requireSettings(props);
    const { name, mailFrom = `mail.${name}`, configurationSet, zone } = props;
    if (mailFrom !== false) {
      requireKnownNames(Stack.of(this).region, name);
      this.mailFrom = mailFrom;
    }
    this.identity = new EmailIdentity(this, 'Identity', {
      identity: Identity.domain(name),
      dkimIdentity: DkimIdentity.easyDkim(EasyDkimSigningKeyLength.RSA_2048_BIT),
      ...(configurationSet === undefined ? {} : { configurationSet }),
      // Records take time to be added, and may be lost later: mail then goes out with SES's own MAIL FROM.
      ...(mailFrom === false
        ? {}
        : { mailFromDomain: mailFrom, mailFromBehaviorOnMxFailure: MailFromBehaviorOnMxFailure.USE_DEFAULT_VALUE }),
    });
    this.identity.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    this.records = [...this.dkim(), ...mailFromRecords(this.mailFrom, Stack.of(this).region), ...dmarcRecords(props)];
    for (const record of this.records)
      if (zone === undefined) tellRecord(this, record);
      else makeRecord(this, record, zone.id);
  }

  /** SES makes these up when the identity is made, so they are known at the deployment only. */
  private dkim(): DnsRecord[] {
    return this.identity.dkimRecords.map(({ name, value }, i) => ({
      id: `Dkim${i + 1}`,
      name,
      type: 'CNAME',
      value,
      purpose: 'with all three of these SES verifies the domain and signs its mail (DKIM).',
    }));
  }
}

const mailFromRecords = (name: string | undefined, region: string): DnsRecord[] =>
  name === undefined
    ? []
    : [
        {
          id: 'MailFromMx',
          name,
          type: 'MX',
          value: `10 feedback-smtp.${region}.amazonses.com`,
          purpose: 'bounces come back to SES this way; without it SES uses a MAIL FROM domain of its own.',
        },
        { id: 'MailFromSpf', name, type: 'TXT', value: SPF, purpose: 'receivers see that SES may send (SPF).' },
      ];

const dmarcRecords = ({ name, dmarc = {} }: SendingDomainSettings): DnsRecord[] => {
  if (dmarc === false) return [];
  const { policy = 'none', rua } = dmarc;
  return [
    {
      id: 'Dmarc',
      name: `_dmarc.${name}`,
      type: 'TXT',
      value: `v=DMARC1; p=${policy}${rua === undefined ? '' : `; rua=mailto:${rua}`}`,
      purpose: 'receivers see what to do with mail that is not from you (DMARC). Leave one that exists as it is.',
    },
  ];
};

const isWithin = (domain: string, above: string): boolean => domain === above || domain.endsWith(`.${above}`);

const isDomain = (text: string): boolean => isIdentity(text) && !text.includes('@');

const requireSettings = ({ name, mailFrom, dmarc, zone }: SendingDomainSettings): void => {
  if (!isDomain(name)) throw new Error(`domains must be names in lower case, got: ${name}; write ledger.example`);
  if (typeof mailFrom === 'string' && !(isDomain(mailFrom) && mailFrom.endsWith(`.${name}`)))
    throw new Error(
      `mailFrom must be a subdomain of ${name}, got: ${mailFrom}; write mail.${name}, or false for SES's own`,
    );
  if (zone !== undefined && !(isDomain(zone.name) && isWithin(name, zone.name)))
    throw new Error(
      `zone must be one that ${name} is in, got: ${zone.name}; give its zone, or leave it out and add the records by hand`,
    );
  if (dmarc !== false && dmarc?.rua !== undefined && !isEmail(dmarc.rua))
    throw new Error(`dmarc.rua must be an address, got: ${dmarc.rua}; write dmarc@${name}, without mailto:`);
};

/** SES in the European Sovereign Cloud lives under other names, and no page of AWS tells the one for bounces. */
const requireKnownNames = (region: string, name: string): void => {
  if (region.startsWith('eusc-'))
    throw new Error(
      `the mail server that takes bounces in ${region} is not known here, so ${name} cannot have a MAIL FROM domain, got: no mailFrom false; ` +
        'set mailFrom to false, and add one in the console of SES, which shows its records',
    );
};
