import { Stack, type StackProps, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { given } from './given.ts';
import { type Home, requireHome } from './home.ts';
import { MessagesTable } from './messages-table.ts';
import { requireSesRegion } from './region-check.ts';
import { RegionFeedback } from './region-feedback.ts';
import type { SendingDomainSettings } from './sending-domain.ts';
import type { SendingOptions } from './sending-options.ts';
import { SendingParts } from './sending-parts.ts';
import { writeOutputs } from './stack-outputs.ts';
import { SuppressionTable } from './suppression-table.ts';
import { UnsubscribeLinks } from './unsubscribe-links.ts';

/** Options of {@link SuppressorRegionStack}. */
export interface SuppressorRegionStackProps extends StackProps, SendingOptions {
  /** Where the list is written. */
  readonly home: Home;
}

/**
 * Sending from another Region than the one whose stack writes the list. It asks a copy of the list, which is about a second
 * behind; SES's feedback goes to the queue of the home Region; nothing here writes the list.
 *
 * It must have the name of the home stack, which lists its Region in `regions`: that is how the queue knows its topic.
 *
 * @example
 * new SuppressorRegionStack(app, 'Suppressor', {
 *   env: { region: 'us-east-1' },
 *   home: { region: 'eu-west-1', table: 'Suppressor-…', feedbackQueue: 'arn:aws:sqs:eu-west-1:111122223333:Suppressor-…' },
 *   senders: ['@ledger.example'],
 * });
 */
export class SuppressorRegionStack extends Stack {
  /** The copy of the list. */
  public readonly suppressions: SuppressionTable;
  /** What is remembered of sends from here. */
  public readonly messages: MessagesTable;
  /** From SES to the home Region. */
  public readonly feedback: RegionFeedback;
  /** What sends, and what watches it. */
  public readonly sending: SendingParts;

  /** @throws if the region has no SES, or an option is out of range or contradicts another; each names its remedy */
  constructor(scope: Construct, id: string, props: SuppressorRegionStackProps) {
    super(scope, id, { description: 'Sending beside a suppression list of another Region (ses-suppressor)', ...props });
    const { home, policy, deliveries, idempotency = true } = props;
    requireSesRegion(this, props.allowRegion ?? false);
    requireHome(home, this);
    this.suppressions = new SuppressionTable(this, 'Suppressions', { table: { name: home.table }, readOnly: true });
    this.messages = new MessagesTable(this, 'Messages');
    this.feedback = new RegionFeedback(this, 'Feedback', {
      feedbackQueue: home.feedbackQueue,
      ...given({ policy, deliveries }),
      ...(idempotency ? { messages: this.messages } : {}),
    });
    const base = { table: this.suppressions, messages: this.messages, feedback: this.feedback };
    const links = home.unsubscribe === undefined ? {} : { unsubscribe: new UnsubscribeLinks(home.unsubscribe) };
    this.sending = new SendingParts(this, { ...base, ...links }, { ...props, domains: this.domainsHere(props) });
    writeOutputs(
      this,
      {
        ...this.sending,
        suppressions: this.suppressions,
        messages: this.messages,
        feedback: this.feedback,
        unsubscribeUrl: home.unsubscribe?.url,
      },
      { home, ...given({ policy }) },
    );
  }

  /**
   * A domain has an identity in each Region, and one DNS: the record for DMARC is there from home, and a MAIL FROM domain has
   * exactly one MX record, which leads to one Region.
   */
  private domainsHere({ domains = [] }: SendingOptions): SendingDomainSettings[] {
    if (domains.length > 0 && Token.isUnresolved(this.region))
      throw new Error(
        'domains of a stack with home need a Region that is known at synth, got: none; set region in the configuration, or CDK_DEFAULT_REGION',
      );
    return domains.map((domain) => ({
      mailFrom: `mail-${this.region}.${domain.name}`,
      dmarc: false,
      ...given(domain),
    }));
  }
}
