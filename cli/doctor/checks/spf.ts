import type { Check } from '../check.ts';
import { ok, type Said, wrong } from '../finding.ts';
import type { Dns } from '../ports.ts';
import { identityFor, sendAs } from './identity.ts';

const IS_SPF = /^v=spf1(?: |$)/i;
const SES = 'amazonses.com';
/** Terms that lead to another record, as RFC 7208 has them, but for those that fail (`-`, `~`, `?`). */
const LEADS_TO = /(?:^| )(?:\+?include:|redirect=)([^\s]+)/gi;
/** RFC 7208 section 4.6.4: a record that needs more counts as none. */
const MOST_LOOKUPS = 10;

const targetsOf = (record: string): string[] =>
  [...record.matchAll(LEADS_TO)].map(([, name = '']) => name.toLowerCase());

/** What the record of a name and those it leads to come to. */
const reachesSes = async (dns: Dns, record: string, left = { lookups: MOST_LOOKUPS }): Promise<boolean> => {
  const targets = targetsOf(record);
  if (targets.includes(SES)) return true;
  for (const name of targets) {
    if (left.lookups === 0) return false;
    left.lookups -= 1;
    const [next] = (await dns.txt(name)).filter((text) => IS_SPF.test(text));
    if (next !== undefined && (await reachesSes(dns, next, left))) return true;
  }
  return false;
};

const judge = async (dns: Dns, domain: string): Promise<Said> => {
  const records = (await dns.txt(domain)).filter((text) => IS_SPF.test(text));
  const wanted = `${domain} TXT "v=spf1 include:${SES} ~all"`;
  const [only] = records;
  if (only === undefined) return wrong(`${domain} has no SPF record`, `Add ${wanted}`);
  if (records.length > 1)
    return wrong(`${domain} has ${records.length} SPF records, which count as none`, `Leave one: ${wanted}`);
  return (await reachesSes(dns, only))
    ? ok(`SPF of ${domain} lets SES send`)
    : wrong(`SPF of ${domain} does not let SES send: ${only}`, `Add include:${SES} to it.`);
};

/**
 * Whether SPF of the MAIL FROM domain lets SES send. Without a MAIL FROM domain of one's own SES uses its own, and no record
 * of the domain of From is ever asked for: `mail-from` says so.
 */
export const spf: Check = {
  name: 'spf',
  group: 'Identities',
  needs: ['ses:GetEmailIdentity'],
  subjects: sendAs,
  look: async (patient, name) => {
    const own = (await identityFor(patient, name))?.mailFrom?.domain;
    return own === undefined ? [] : judge(patient.dns, own);
  },
};
