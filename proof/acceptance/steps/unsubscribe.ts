import { claim } from '../acceptance-error.ts';
import type { HttpsAnswer } from '../https-request.ts';
import type { Stage } from '../stage.ts';
import { awaitBlock } from './closed-loop.ts';

const ONE_CLICK = 'List-Unsubscribe=One-Click';
const PAT = 'pat+unsubscribe@target.example';

const linkOf = (raw: string): string => {
  const headers = (raw.split(/\r?\n\r?\n/)[0] ?? '').replace(/\r?\n[ \t]+/g, ' ');
  return /^List-Unsubscribe: <([^>]+)>/im.exec(headers)?.[1] ?? '';
};

/** Follows a link as the internet would: by the name of its server, which ministack serves. */
const follow = ({ parts: { ministack } }: Stage, link: URL, body?: string): Promise<HttpsAnswer> =>
  ministack.request({
    path: `${link.pathname}${link.search}`,
    ...(body === undefined ? {} : { method: 'POST', body }),
    headers: { host: link.host, 'content-type': 'application/x-www-form-urlencoded' },
  });

/** The link of a mail that was sent unsubscribes by one POST, from that stream alone. */
export const unsubscribe = async (stage: Stage): Promise<string> => {
  const mail = { to: [PAT], stream: 'newsletter', unsubscribe: true };
  const first = await stage.answerTo(mail);
  claim(first.status === 'sent', `a newsletter should be sent, but is ${first.status}`);
  const link = new URL(linkOf(stage.parts.ses.inbox.last?.raw?.toString('utf8') ?? ''));
  const address = new URL(stage.output('UnsubscribeUrl'));
  claim(link.origin === address.origin, `the link should lead to ${address.origin}, but leads to ${link.origin}`);

  const forged = new URL(link);
  const token = link.searchParams.get('t') ?? '';
  forged.searchParams.set('t', `${token.slice(0, -4)}${token.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`);
  const refused = await follow(stage, forged, ONE_CLICK);
  claim(refused.status === 400, `a forged link should be refused with 400, but is answered with ${refused.status}`);
  const page = await follow(stage, link);
  claim(
    page.status === 200,
    `the page should be shown, but is answered with ${page.status}: ${page.body.slice(0, 200)}`,
  );
  const looked = await stage.parts.cloud.entry(stage.output('TableName'), PAT, 'newsletter');
  claim(looked?.status?.S !== 'suppressed', 'neither a forged link nor a look should unsubscribe');

  const done = await follow(stage, link, ONE_CLICK);
  claim(
    done.status === 200,
    `one click should be answered with 200, but is with ${done.status}: ${done.body.slice(0, 200)}`,
  );
  await awaitBlock(stage, PAT, 'unsubscribe', 'newsletter');
  const again = await stage.answerTo(mail);
  const why = again.suppressed[0];
  claim(
    again.status === 'suppressed' && why?.reason === 'unsubscribe' && why.scope === 'newsletter',
    `the next newsletter should be withheld for unsubscribe, but is ${again.status}`,
  );
  const receipt = await stage.answerTo({ to: [PAT], stream: 'receipts' });
  claim(receipt.status === 'sent', `a receipt should still be sent, but is ${receipt.status}`);
  return 'POST to the function address: 200, entry at newsletter, next newsletter withheld, receipt sent; a forged link: 400';
};
