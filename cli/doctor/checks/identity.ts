import type { Check } from '../check.ts';
import { note, ok, type Said, unknown, wrong } from '../finding.ts';
import { domainOf, type Patient, sendersOf, sendersToCheck, wiredIdentities } from '../patient.ts';
import type { IdentityFacts } from '../ports.ts';

const NEEDS = ['ses:GetEmailIdentity'];

/** Everything that mail is sent as: senders, identities that are wired, domains asked for. */
export const sendAs = (patient: Patient): string[] => [
  ...new Set([...wiredIdentities(patient), ...sendersToCheck(patient)]),
];

/** An identity as SES has it, by the name of it. */
export interface FoundIdentity extends IdentityFacts {
  readonly name: string;
}

/** `pat@a.ledger.example`, `a.ledger.example`, `ledger.example`: a domain speaks for all below it. */
const speakersFor = (name: string): string[] => {
  const labels = domainOf(name).split('.');
  const domains = labels.slice(0, -1).map((_, i) => labels.slice(i).join('.'));
  return name.includes('@') ? [name, ...domains] : domains;
};

/** The identity under which SES takes mail from an address or a domain: the nearest one there is. */
export const identityFor = async ({ ses }: Patient, name: string): Promise<FoundIdentity | null> => {
  for (const speaker of speakersFor(name)) {
    const facts = await ses.identity(speaker);
    if (facts !== null) return { name: speaker, ...facts };
  }
  return null;
};

const by = (found: FoundIdentity, name: string): string => (found.name === name ? '' : `, by ${found.name}`);

/** Whether SES takes mail from it. */
export const identityVerified: Check = {
  name: 'identity',
  group: 'Identities',
  needs: NEEDS,
  subjects: sendAs,
  look: async (patient, name) => {
    const found = await identityFor(patient, name);
    if (found === null)
      return wrong(
        'is no identity of SES in this Region: sends are refused',
        `aws sesv2 create-email-identity --email-identity ${domainOf(name)}, then add its DNS records`,
      );
    if (found.verified) return ok(`is verified${by(found, name)}`);
    return wrong(
      `is not verified (${found.verification})${by(found, name)}: sends are refused`,
      found.isDomain
        ? `Add the DKIM records that the SES console shows for ${found.name}.`
        : `Follow the link in the mail that SES has sent to ${found.name}.`,
    );
  },
};

const dkimOf = ({ isDomain, name, dkim: { signing, status } }: FoundIdentity): Said => {
  if (signing && status === 'SUCCESS') return ok('signs with DKIM');
  if (!isDomain)
    return note(
      'is verified as an address only, without DKIM of its domain: many providers take such mail for spam',
      `Verify the domain: aws sesv2 create-email-identity --email-identity ${domainOf(name)}`,
    );
  if (!signing)
    return wrong(
      'has DKIM switched off: mail goes unsigned',
      `aws sesv2 put-email-identity-dkim-attributes --email-identity ${name} --signing-enabled`,
    );
  return wrong(
    `has no working DKIM (${status}): mail goes unsigned`,
    `Add the three CNAME records that the SES console shows for ${name}, or mend them.`,
  );
};

/** Whether what is sent is signed for the domain of From. */
export const dkim: Check = {
  name: 'dkim',
  group: 'Identities',
  needs: NEEDS,
  subjects: sendAs,
  look: async (patient, name) => {
    const found = (await identityFor(patient, domainOf(name))) ?? (await identityFor(patient, name));
    // `identity` says what is missing
    return found === null ? [] : dkimOf(found);
  },
};

/** Whether bounces come back to a domain of one's own, so that SPF speaks for it. */
export const mailFrom: Check = {
  name: 'mail-from',
  group: 'Identities',
  needs: NEEDS,
  subjects: sendAs,
  look: async (patient, name) => {
    const found = await identityFor(patient, name);
    if (found === null) return [];
    if (found.mailFrom === null)
      return note(
        'has no MAIL FROM domain of its own: SPF speaks for amazonses.com, so DMARC rests on DKIM alone',
        `aws sesv2 put-email-identity-mail-from-attributes --email-identity ${found.name} --mail-from-domain bounce.${domainOf(found.name)}`,
      );
    const { domain, status } = found.mailFrom;
    if (status === 'SUCCESS') return ok(`has the MAIL FROM domain ${domain}`);
    if (status === 'TEMPORARY_FAILURE')
      return unknown(`has the MAIL FROM domain ${domain}, whose DNS SES could not read`, 'Look again in an hour.');
    return wrong(
      `has the MAIL FROM domain ${domain}, which does not work (${status})`,
      `Add to ${domain}: MX 10 feedback-smtp.${patient.deployment.region ?? '<region>'}.amazonses.com and TXT "v=spf1 include:amazonses.com ~all".`,
    );
  },
};

/** Whether somebody may send at all. */
export const senders: Check = {
  name: 'senders',
  group: 'Sending',
  needs: ['cloudformation:DescribeStacks'],
  subjects: () => ['send function'],
  look: async (patient) => {
    const patterns = sendersOf(patient);
    return patterns.length > 0
      ? ok(`may send as ${patterns.join(', ')}`)
      : note(
          'may send as nobody: feedback is taken, sends are refused',
          'Add "senders" to the configuration and deploy, if this stack shall send.',
        );
  },
};
