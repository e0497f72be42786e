import type { Check } from '../check.ts';
import { note, ok, type Said, wrong } from '../finding.ts';
import { domainOf, type Patient } from '../patient.ts';
import type { Dns } from '../ports.ts';
import { type FoundIdentity, identityFor, sendAs } from './identity.ts';

const IS_DMARC = /^v=DMARC1\s*(?:;|$)/i;

/** The record that holds for a domain, and where it stands: its own, or the nearest above it. */
interface Found {
  readonly domain: string;
  readonly records: readonly string[];
}

const find = async (dns: Dns, domain: string): Promise<Found | null> => {
  for (const labels = domain.split('.'); labels.length > 1; labels.shift()) {
    const name = labels.join('.');
    const records = (await dns.txt(`_dmarc.${name}`)).filter((text) => IS_DMARC.test(text));
    if (records.length > 0) return { domain: name, records };
  }
  return null;
};

/** @example tagsOf('v=DMARC1; p=none').get('p') // 'none' */
const tagsOf = (record: string): ReadonlyMap<string, string> =>
  new Map(
    record.split(';').map((tag) => {
      const [name = '', ...value] = tag.split('=');
      return [name.trim().toLowerCase(), value.join('=').trim().toLowerCase()];
    }),
  );

/**
 * Strict: the very same domain. Relaxed: the same owner, which SES sees to: it takes mail from below an identity's domain only,
 * and a MAIL FROM domain only below it.
 */
const isAligned = (domain: string, from: string, mode: string | undefined): boolean => domain === from || mode !== 's';

const alignment = (tags: ReadonlyMap<string, string>, from: string, found: FoundIdentity | null): Said | null => {
  if (found === null) return null;
  const byDkim = found.isDomain && isAligned(found.name, from, tags.get('adkim'));
  const byMailFrom = found.mailFrom !== null && isAligned(found.mailFrom.domain, from, tags.get('aspf'));
  if (byDkim || byMailFrom) return null;
  return wrong(
    `neither DKIM nor MAIL FROM of ${found.name} is aligned with it, so DMARC fails for every mail`,
    found.isDomain
      ? `Verify ${from} itself in SES, or leave adkim=s and aspf=s out of the DMARC record.`
      : `Verify the domain ${from} in SES, with DKIM.`,
  );
};

const judge = (from: string, { domain, records }: Found, identity: FoundIdentity | null): Said => {
  const where = `_dmarc.${domain}`;
  if (records.length > 1)
    return wrong(`${where} has ${records.length} DMARC records, which count as none`, `Leave one of them.`);
  const tags = tagsOf(records[0] ?? '');
  const policy = (domain === from ? undefined : tags.get('sp')) ?? tags.get('p');
  if (policy === undefined || !['none', 'quarantine', 'reject'].includes(policy))
    return wrong(
      `${where} names no policy: ${records[0]}`,
      `Set ${where} TXT "v=DMARC1; p=none; rua=mailto:dmarc@${domain}"`,
    );
  const misaligned = alignment(tags, from, identity);
  if (misaligned !== null) return misaligned;
  const asks = `${where} asks for p=${policy}`;
  if (!tags.has('rua'))
    return note(`${asks}, and for no reports (rua)`, `Add rua=mailto:dmarc@${domain}, to see who sends in your name.`);
  return policy === 'none'
    ? note(
        `${asks}: what fails is delivered all the same`,
        'Ask for p=quarantine once the reports show that your own mail passes.',
      )
    : ok(asks);
};

const domains = (patient: Patient): string[] => [...new Set(sendAs(patient).map(domainOf))];

/** What signs mail of a domain: its own identity or one above it, else the address that is verified alone. */
const signer = async (patient: Patient, domain: string): Promise<FoundIdentity | null> => {
  for (const name of [domain, ...sendAs(patient).filter((name) => domainOf(name) === domain)]) {
    const found = await identityFor(patient, name);
    if (found !== null) return found;
  }
  return null;
};

/** Whether the domain of From has a DMARC record, and mail of SES passes it. */
export const dmarc: Check = {
  name: 'dmarc',
  group: 'Identities',
  needs: ['ses:GetEmailIdentity'],
  subjects: domains,
  look: async (patient, domain) => {
    const found = await find(patient.dns, domain);
    if (found === null)
      return wrong(
        'has no DMARC record, which Gmail, Yahoo and Outlook ask of bulk senders',
        `Add _dmarc.${domain} TXT "v=DMARC1; p=none; rua=mailto:dmarc@${domain}"`,
      );
    return judge(domain, found, await signer(patient, domain));
  },
};
