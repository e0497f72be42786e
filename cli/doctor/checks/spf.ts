import type { Check } from '../check.ts';
import { ok, type Said, unknown, wrong } from '../finding.ts';
import type { Dns } from '../ports.ts';
import { identityFor, sendAs } from './identity.ts';

const IS_SPF = /^v=spf1(?: |$)/i;
const SES = 'amazonses.com';
/** RFC 7208 section 4.6.4: a record that needs more counts as none. */
const MOST_LOOKUPS = 10;
/** Terms that cost a lookup, as the same section has them. */
const ASKS = new Set(['include', 'a', 'mx', 'ptr', 'exists', 'redirect']);
const TERM = /^([+?~-]?)([a-z0-9]+)(?:[:=/](.*))?$/i;

interface Term {
  /** What matches it passes, and is not refused or left open. */
  readonly passes: boolean;
  readonly name: string;
  readonly target: string;
}

/** What a record comes to for mail of SES; `broken`: receivers give up, and why; `unsure`: that depends on the mail. */
type Outcome = 'passes' | 'does-not-pass' | 'unsure' | { readonly broken: string };

/** The terms that are ever looked at: none after `all`, and `redirect` last, if there is no `all`. */
const termsOf = (record: string): readonly Term[] => {
  const terms = record.split(/ +/).flatMap((word): Term[] => {
    const [, qualifier = '', name = '', target = ''] = TERM.exec(word) ?? [];
    return name === ''
      ? []
      : [{ passes: ['', '+'].includes(qualifier), name: name.toLowerCase(), target: target.toLowerCase() }];
  });
  const all = terms.findIndex(({ name }) => name === 'all');
  const heeded = all < 0 ? terms : terms.slice(0, all);
  const isRedirect = ({ name }: Term) => name === 'redirect';
  return [...heeded.filter((term) => !isRedirect(term)), ...(all < 0 ? terms.filter(isRedirect) : [])];
};

const recordsOf = async (dns: Dns, name: string): Promise<readonly string[]> =>
  (await dns.txt(name)).filter((text) => IS_SPF.test(text));

/** What the record of a name and those it leads to come to, in the order in which receivers read them. */
const outcomeOf = async (dns: Dns, record: string, left: { lookups: number }): Promise<Outcome> => {
  let otherwise: Outcome = 'does-not-pass';
  for (const { passes, name, target } of termsOf(record).filter((term) => ASKS.has(term.name))) {
    if (left.lookups === 0) return { broken: `needs more than ${MOST_LOOKUPS} lookups before it comes to SES` };
    left.lookups -= 1;
    if (name !== 'include' && name !== 'redirect') continue;
    if (target === SES) return passes ? 'passes' : otherwise;
    if (target.includes('%')) {
      otherwise = 'unsure';
      continue;
    }
    const [next, ...more] = await recordsOf(dns, target);
    if (next === undefined) return { broken: `leads to ${target}, which has no SPF record` };
    if (more.length > 0) return { broken: `leads to ${target}, which has ${more.length + 1} SPF records` };
    const found = await outcomeOf(dns, next, left);
    if (typeof found === 'object') return found;
    if (found === 'passes') return passes ? found : otherwise;
    if (found === 'unsure') otherwise = found;
  }
  return otherwise;
};

/** Whether a record names all addresses of SES itself, as tools do that spare lookups. */
const listsSes = async (dns: Dns, record: string): Promise<boolean> => {
  const listed = new Set(record.toLowerCase().split(/ +/));
  const ranges = (await recordsOf(dns, SES)).flatMap((each) => each.toLowerCase().match(/\bip[46]:\S+/g) ?? []);
  return ranges.length > 0 && ranges.every((range) => listed.has(range));
};

const judge = async (dns: Dns, domain: string): Promise<Said> => {
  const records = await recordsOf(dns, domain);
  const wanted = `${domain} TXT "v=spf1 include:${SES} ~all"`;
  const [only] = records;
  if (only === undefined) return wrong(`${domain} has no SPF record`, `Add ${wanted}`);
  if (records.length > 1)
    return wrong(`${domain} has ${records.length} SPF records, which count as none`, `Leave one: ${wanted}`);
  const outcome = await outcomeOf(dns, only, { lookups: MOST_LOOKUPS });
  if (outcome === 'passes') return ok(`SPF of ${domain} lets SES send`);
  if (typeof outcome === 'object')
    return wrong(
      `SPF of ${domain} ${outcome.broken}: receivers take that for an error, and no mail passes`,
      `SES alone sends with it, so all it needs is: ${wanted}`,
    );
  if (await listsSes(dns, only)) return ok(`SPF of ${domain} names all addresses of SES`);
  return outcome === 'unsure'
    ? unknown(
        `SPF of ${domain} leads to names that each mail makes up (%): whether it lets SES send is not known`,
        'Send a mail to yourself, and look for spf=pass in its header Authentication-Results.',
      )
    : wrong(`SPF of ${domain} does not let SES send: ${only}`, `Add include:${SES} to it, before "all".`);
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
