import fc from 'fast-check';
import { localDesk } from '../../../local/console/desk.ts';
import { partsOf } from '../../../local/console/parts-of.ts';
import { failed, type Outcome } from '../../../local/functions/outcome.ts';
import { Inbox } from '../../../local/ses/inbox.ts';
import { planFeedback } from '../../../local/simulator/plan.ts';
import { acceptedMail } from './accepted-mail.ts';

type Mail = ReturnType<typeof acceptedMail>;

const NOTHING: Outcome = { ok: true, payload: 'null' };

const deskWith = (mails: readonly Mail[], outcome: Outcome = NOTHING) => {
  const inbox = new Inbox();
  for (const mail of mails) inbox.add(mail);
  return localDesk({ inbox, invoke: async () => outcome, addresses: { lambda: 'http://127.0.0.1:4700' } });
};

const read = async (raw: string | Buffer, more: Partial<Mail> = {}) => {
  const mail = acceptedMail({ ...more, raw });
  const desk = deskWith([mail]);
  const letter = await desk.letter(mail.messageId);
  if (letter === undefined) throw new Error('the mail is not there');
  return { ...letter, html: await desk.html(mail.messageId) };
};

const mime = (...lines: string[]): string => lines.join('\r\n');

describe('the view', () => {
  const { view } = deskWith([]);

  test('names everybody that the simulator plays a part for, as it plays it', () => {
    const types = view.simulator.map(({ address }) => {
      const planned = planFeedback(
        acceptedMail({ recipients: [address] }),
        [0, 0],
        () => 0,
        () => false,
      );
      return [address.split('@')[0], planned.map(({ type }) => type).slice(1)];
    });
    expect(types).toEqual([
      ['bounce', ['Bounce']],
      ['success', ['Delivery']],
      ['complaint', ['Delivery', 'Complaint']],
      ['suppressionlist', ['Bounce']],
      ['ooto', ['Delivery', 'Bounce']],
    ]);
  });

  test('has a sender and a stream to begin with', () => {
    expect(view).toMatchObject({
      from: 'Ledger <no-reply@ledger.example>',
      stream: 'receipts',
      mostBytes: 6 * 1024 * 1024,
      invoke: 'http://127.0.0.1:4700/2015-03-31/functions/send/invocations',
    });
  });
});

describe('an answer of the send function', () => {
  const send = (outcome: Outcome) => deskWith([], outcome).send({});

  test('is given whole', async () => {
    const payload = '{"status":"suppressed","messageId":null,"more":[1]}';
    expect(await send({ ok: true, payload })).toEqual({
      ok: true,
      status: 'suppressed',
      messageId: null,
      answer: { title: 'Answer of the send function', kind: 'json', text: payload, cut: 0 },
    });
  });

  test('that is an error of its own has its code and its remedy', async () => {
    const told = { code: 'RateExceeded', message: 'Rate exceeded', retryable: true, remedy: 'Wait a second.' };
    const sent = await send(failed('RateExceeded', JSON.stringify(told)));
    expect(sent).toMatchObject({
      ok: false,
      problem: { code: 'RateExceeded', message: 'Rate exceeded', remedy: 'Wait a second.' },
    });
    expect(JSON.parse(sent.answer.text)).toEqual({ errorType: 'RateExceeded', errorMessage: told });
  });

  test('that is an error of Lambda says where to look', async () => {
    const sent = await send(failed('Sandbox.Timedout', 'Task timed out after 3 seconds'));
    expect(sent).toMatchObject({
      ok: false,
      problem: {
        code: 'Sandbox.Timedout',
        message: 'Task timed out after 3 seconds',
        remedy: expect.stringMatching(/terminal/),
      },
    });
  });

  test.each(['null', '[]', '{"status":"sent"}', 'no JSON'])(
    'that cannot be read is told and shown: %s',
    async (payload) => {
      const sent = await send({ ok: true, payload });
      expect(sent).toMatchObject({ ok: false, problem: { code: 'AnswerUnreadable' }, answer: { text: payload } });
    },
  );
});

describe('the inbox', () => {
  test('has the newest mails first, 200 of them, and counts all', () => {
    const mails = Array.from({ length: 205 }, (_, n) =>
      acceptedMail({ headers: [{ name: 'Subject', value: `Mail ${n}` }] }),
    );
    const { mails: lines, accepted } = deskWith(mails).inbox();
    expect([lines.length, accepted]).toEqual([200, 205]);
    expect([lines[0]?.subject, lines[199]?.subject]).toEqual(['Mail 204', 'Mail 5']);
  });

  test('decodes what people read', () => {
    const headers = [
      { name: 'From', value: '=?utf-8?q?P=C3=A1t?= <pat@target.example>' },
      { name: 'Subject', value: '=?utf-8?q?Caf=C3=A9?=' },
    ];
    const mail = acceptedMail({ headers, raw: 'x' });
    expect(deskWith([mail]).inbox().mails).toEqual([
      {
        messageId: mail.messageId,
        at: '2026-11-24T12:00:00.000Z',
        from: 'Pát <pat@target.example>',
        recipients: ['pat@target.example'],
        subject: 'Café',
        stream: 'receipts',
        bytes: 1,
      },
    ]);
  });
});

describe('a letter', () => {
  test('has its text, its HTML, its files, its headers and its source', async () => {
    const raw = mime(
      'Content-Type: multipart/mixed; boundary=a',
      '',
      '--a',
      'Content-Type: multipart/alternative; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain; charset=iso-8859-1',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'Caf=E9',
      '--b',
      'Content-Type: text/html',
      '',
      '<b>Coffee</b>',
      '--b--',
      '--a',
      'Content-Type: application/pdf; name="=?utf-8?q?Caf=C3=A9=2Epdf?="',
      'Content-Disposition: attachment',
      'Content-Transfer-Encoding: base64',
      '',
      'JVBERi0=',
      '--a--',
    );
    const letter = await read(raw);
    expect(letter).toMatchObject({
      text: 'Café\n',
      textCut: 0,
      hasHtml: true,
      html: '<b>Coffee</b>\n',
      lacks: null,
      recipients: ['pat@target.example'],
      attachments: [{ filename: 'Café.pdf', contentType: 'application/pdf', bytes: 5 }],
      tags: [{ name: 'stream', value: 'receipts' }],
      source: { kind: 'mime', text: raw, cut: 0 },
    });
    expect(letter.headers).toContainEqual({ name: 'To', value: 'Pat <pat@target.example>' });
    expect(letter.messageIdHeader).toContain(letter.messageId);
  });

  test('that was not sent as MIME is read from its parts', async () => {
    const content = { subject: 'Hi', text: 'Hi', html: '<b>Hi</b>' };
    const mail = acceptedMail({ operation: 'SendEmail', raw: null, content });
    const desk = deskWith([mail]);
    expect(await desk.letter(mail.messageId)).toMatchObject({ text: 'Hi', hasHtml: true, lacks: null });
    expect((await desk.letter(mail.messageId))?.source).toEqual({
      title: 'Parts that SendEmail was given',
      kind: 'json',
      text: JSON.stringify(content),
      cut: 0,
    });
    expect(await desk.html(mail.messageId)).toBe('<b>Hi</b>');
    expect(desk.inbox().mails[0]?.bytes).toBe(JSON.stringify(content).length);
  });

  test('that is not there is undefined, and so is the HTML of one without', async () => {
    const mail = acceptedMail();
    const desk = deskWith([mail]);
    expect([await desk.letter('nobody'), await desk.html('nobody'), await desk.html(mail.messageId)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('that is long is cut, and says by how much', async () => {
    const text = 'é'.repeat(300_000);
    const { text: shown, textCut, source } = await read(`Content-Type: text/plain; charset=utf-8\r\n\r\n${text}`);
    expect([shown?.length, textCut]).toEqual([262_144, 300_001 - 262_144]);
    expect(Buffer.byteLength(source.text)).toBeLessThanOrEqual(262_144 + 3);
    expect(source.cut).toBe(43 + 600_000 - 262_144);
  });

  test('shows so many headers of such a length and no more', async () => {
    const headers = Array.from({ length: 600 }, (_, n) => ({ name: `X-${n}`, value: 'v'.repeat(5000) }));
    const letter = await read('x', { headers });
    expect(letter.headers.length).toBe(500);
    expect(letter.headers[0]?.value).toBe(`${'v'.repeat(4000)} …`);
  });
});

describe('the HTML of a mail', () => {
  const PNG = 'iVBORw0KGgo=';
  const related = (html: string, type = 'image/png', content = PNG) =>
    mime(
      'Content-Type: multipart/related; boundary=a',
      '',
      '--a',
      'Content-Type: text/html',
      '',
      html,
      '--a',
      `Content-Type: ${type}`,
      'Content-Transfer-Encoding: base64',
      'Content-ID: <logo@x>',
      '',
      content,
      '--a--',
    );

  test('has the pictures that are part of the mail', async () => {
    const { html } = await read(related('<img src="cid:logo@x"><img src=CID:logo%40x><img src="cid:other">'));
    const url = `data:image/png;base64,${PNG}`;
    expect(html).toBe(`<img src="${url}"><img src=${url}><img src="cid:other">\n`);
  });

  test.each(['image/svg+xml', 'text/css', 'application/octet-stream'])('has no %s for a picture', async (type) => {
    const { html } = await read(related('<img src="cid:logo@x">', type));
    expect(html).toBe('<img src="cid:logo@x">\n');
  });

  test('does not grow without end', async () => {
    const content = Buffer.alloc(1_000_000).toString('base64');
    const { html = '' } = await read(related('<img src="cid:logo@x">'.repeat(1000), 'image/png', content));
    expect(html.length).toBeLessThan(9_000_000);
    expect(html.split('data:image/png').length - 1).toBe(6);
  });

  test.each([
    ['<link rel=preconnect href=//spy.example>', '<x-link rel=preconnect href=//spy.example>'],
    ['<LINK\nrel=dns-prefetch>', '<x-LINK\nrel=dns-prefetch>'],
    ['<meta/http-equiv=refresh>', '<x-meta/http-equiv=refresh>'],
    ['<base href=//spy.example>', '<x-base href=//spy.example>'],
    ['<iframe src=//spy.example></iframe>', '<x-iframe src=//spy.example></x-iframe>'],
    ['<frameset><frame src=//spy.example>', '<x-frameset><x-frame src=//spy.example>'],
    ['<A href=//spy.example>b</A><area href=x>', '<x-A href=//spy.example>b</x-A><x-area href=x>'],
  ])('loses what no policy prevents: %s', async (given, shown) => {
    const { html = '' } = await read(`Content-Type: text/html\r\n\r\n<!DOCTYPE html>${given}`);
    const [, doctype, rest] = /^(<!DOCTYPE html>)<style>x-a{[^<]*<\/style>(.*)\n$/s.exec(html) ?? [];
    expect([doctype, rest]).toEqual(['<!DOCTYPE html>', shown]);
  });

  test.each(['<links><article><abbr>a &lt;a &lt;link &lt;/p', '<b>bold</b>'])(
    'stays as it is otherwise: %s',
    async (given) => {
      expect((await read(`Content-Type: text/html\r\n\r\n${given}`)).html).toBe(`${given}\n`);
    },
  );
});

describe('a hostile mail', () => {
  const nested = (levels: number) =>
    mime(
      'Content-Type: multipart/mixed; boundary=b0',
      '',
      ...Array.from({ length: levels }, (_, n) =>
        mime(`--b${n}`, `Content-Type: multipart/mixed; boundary=b${n + 1}`, ''),
      ),
    );

  test.each([
    ['nested without end', nested(2000)],
    ['a header of megabytes', `X: ${'y'.repeat(3_000_000)}\r\n\r\nHi`],
  ])('that cannot be read says why, and shows its source: %s', async (_what, raw) => {
    const { lacks, text, hasHtml, html, source, attachments } = await read(raw);
    expect(lacks).toMatch(/^the parts of this mail cannot be read: Maximum/);
    expect([text, hasHtml, html, attachments]).toEqual([null, false, undefined, []]);
    expect(raw.startsWith(source.text)).toBe(true);
  });

  test('that costs its reader too much memory is given up', async () => {
    const raw = Buffer.from(`Subject: Hi\r\n\r\n${'\n'.repeat(1_000_000)}`);
    expect(await partsOf(raw, { megabytes: 16, milliseconds: 50_000 })).toBe('that takes too much memory');
  });

  test('that costs its reader too much time is given up', async () => {
    const conversion = mime('Content-Type: multipart/mixed; boundary=a', '', '--a', '', 'x', '--a');
    const raw = Buffer.from(`${conversion}\r\nContent-Type: text/html\r\n\r\n${'<a href="'.repeat(300_000)}`);
    expect(await partsOf(raw, { milliseconds: 200 })).toBe('that takes longer than 200 ms');
  });

  test.each([
    ['an unknown charset', 'Content-Type: text/plain; charset=x-nobody\r\n\r\nHi', 'Hi\n'],
    [
      'broken UTF-8',
      Buffer.concat([Buffer.from('Content-Type: text/plain; charset=utf-8\r\n\r\na'), Buffer.from([0xff])]),
      'a\ufffd\n',
    ],
    ['the same header twice', 'Content-Type: text/plain\r\nContent-Type: text/html\r\n\r\nHi', 'Hi\n'],
    ['no headers at all', '\r\nHi', 'Hi\n'],
    ['nothing', '', null],
  ])('is read as far as it can be: %s', async (_what, raw, text) => {
    const { lacks, text: shown } = await read(raw);
    expect([lacks, shown]).toEqual([null, text]);
  });

  test('whatever it is, it is read or not, and never throws', async () => {
    const line = fc.oneof(
      fc.constantFrom(
        'Content-Type: multipart/mixed; boundary=a',
        'Content-Type: multipart/related; boundary="a',
        'Content-Type: text/html; charset=utf-16',
        'Content-Type: message/rfc822',
        'Content-Transfer-Encoding: base64',
        'Content-Transfer-Encoding: quoted-printable',
        'Content-ID: <a>',
        "Content-Disposition: attachment; filename*0*=utf-8''%ff; filename*1=b",
        '--a',
        '--a--',
        '',
        '<img src="cid:a"><link rel=x><iframe/src=x><svg onload=alert(1)><a\nhref=x>',
        '=?utf-8?b?////?=',
        '=E9=\u0000',
      ),
      fc.string({ unit: 'binary', maxLength: 40 }),
    );
    const mail = fc.array(line, { maxLength: 60 }).map((lines) => mime(...lines));
    await fc.assert(
      fc.asyncProperty(mail, async (raw) => {
        const { lacks, text, hasHtml, html, source } = await read(raw);
        expect(hasHtml).toBe(html !== undefined);
        expect(html ?? '').not.toMatch(/<(?:a|area|base|i?frame|frameset|link|meta)[\s/>]/i);
        expect(lacks === null || text === null).toBe(true);
        expect(source.cut).toBe(0);
      }),
      { numRuns: 15 },
    );
  });
});
