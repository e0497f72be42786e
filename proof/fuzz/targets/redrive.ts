import { LETTER_BOXES, type LetterBox } from '../../../core/redrive/letters.ts';
import { isObject, type Json } from '../json.ts';
import { ready, readyText } from '../recipe.ts';
import { ENVELOPED, FEEDBACK_WORDS, MESSAGES, sns } from '../seeds/messages.ts';
import { REQUEST_WORDS, REQUESTS } from '../seeds/requests.ts';
import { promise, type Target } from '../target.ts';
import { cliWorld, NOW, runCli } from '../worlds/cli-world.ts';

const letter = (body: Json, attributes: { readonly [name: string]: Json } = {}): Json => ({ body, attributes });
const said = (code: Json, message: Json) => ({
  code: { type: 'String', text: code },
  message: { type: 'String', text: message },
});

const failed = (payload: Json, condition = 'RetriesExhausted'): Json => ({
  $json: {
    version: '1.0',
    timestamp: '2026-01-02T03:10:00.000Z',
    requestContext: { requestId: 'r-1', functionArn: 'arn', condition, approximateInvokeCount: 1 },
    requestPayload: payload,
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: {
      errorType: 'QuotaExceeded',
      errorMessage: { $json: { code: 'QuotaExceeded', message: 'Daily message quota exceeded.' } },
    },
  },
});

const box = (name: LetterBox, args: readonly string[], letters: readonly Json[]): Json => ({
  box: name,
  args: [...args],
  letters: [...letters],
});

/** `redrive` of letters in every box, and `replay --dead-letters`. */
export const redrive = (): Target => ({
  name: 'redrive',
  seeds: [
    box('feedback', [], [letter('not JSON', said('NotJson', 'expected JSON')), letter(ENVELOPED[0] ?? '')]),
    box(
      'feedback',
      ['--yes'],
      ENVELOPED.slice(0, 4).map((body) => letter(body)),
    ),
    box('feedback', ['--yes', '--code', 'NotJson'], [letter('x', said('NotJson', 'a\nb'))]),
    box(
      'undelivered',
      ['--yes'],
      [
        letter(
          { $json: sns({ $json: MESSAGES[0] ?? null }) },
          { ErrorCode: { type: 'String', text: '403' }, RequestID: { type: 'String', text: 'r' } },
        ),
      ],
    ),
    box(
      'sends',
      ['--yes', '--json'],
      REQUESTS.slice(0, 4).map((request) =>
        letter({ $json: request }, said('QuotaExceeded', 'Daily message quota exceeded.')),
      ),
    ),
    box(
      'failed-sends',
      ['--yes'],
      [letter(failed(REQUESTS[0] ?? null)), letter(failed(REQUESTS[1] ?? null)), letter(failed([REQUESTS[0] ?? null]))],
    ),
    box('failed-sends', [], [letter(failed({}, 'EventAgeExceeded'))]),
  ],
  words: [
    ...FEEDBACK_WORDS,
    ...REQUEST_WORDS,
    ...LETTER_BOXES,
    '--yes',
    '--json',
    '--code',
    'code',
    'message',
    'String',
    'Binary',
    'Number',
  ],
  answers: ['nothing there', 'something stays', 'went back', 'Usage'],
  async run(input) {
    if (!isObject(input)) return [];
    const args = (Array.isArray(input.args) ? input.args : []).map(readyText).slice(0, 10);
    const prepared = ready(input.letters ?? []);
    const given = (Array.isArray(prepared) ? prepared : []).filter(isObject);
    const world = cliWorld();
    for (const [i, { body, attributes }] of given.entries()) {
      const named = Object.entries(isObject(attributes) ? attributes : {}).flatMap(([name, value]) =>
        isObject(value) && typeof value.type === 'string' && typeof value.text === 'string'
          ? [[name, { type: value.type, text: value.text }] as const]
          : [],
      );
      world.letters.add({
        messageId: `m-${i}`,
        sentAt: NOW - i * 1000,
        body: typeof body === 'string' ? body : JSON.stringify(body ?? null),
        attributes: Object.fromEntries(named),
      });
    }
    const before = await world.letters.depth();
    const told = await runCli(['redrive', ...args, '--', readyText(input.box)], world);
    const back = world.outbox.received.length;
    promise(
      (await world.letters.depth()) + back === before,
      () => `${before} letters, ${back} went back, ${before - back} do not stay`,
    );
    promise(args.includes('--yes') || back === 0, () => 'letters went back without --yes');
    return [told.code ?? (back > 0 ? 'went back' : before === 0 ? 'nothing there' : 'something stays')];
  },
});
