import { MemoryLetters, MemoryMover, MemoryOutbox } from '../../../adapters/memory-letters.ts';
import { CliError } from '../../../cli/cli-error.ts';
import type { Box, BoxLook, Queues, Redriven } from '../../../console/api.ts';
import { addQueuesRoutes } from '../../../console/server/routes/queues.ts';
import { NOW } from '../../cli/harness.ts';
import { type OpenBox, openingBoxes } from '../../cli/letter-boxes.ts';
import { failureRecord, request, why } from '../../core/redrive/letters.ts';
import { routes } from './ask.ts';

/** A console whose dead-letter queues are these. */
const over = (open: OpenBox) => {
  const told: string[] = [];
  const { get, post } = routes([addQueuesRoutes], {
    overrides: {
      openLetters: openingBoxes(open),
      stderr: { write: async (text) => void told.push(text) },
    },
  });
  return {
    told,
    queues: async () => (await get<Queues>('/queues')).body,
    look: (box: unknown) => post<BoxLook>('/queues/look', { box }),
    redrive: (box: Box, code: string | null = null) => post<Redriven>('/queues/redrive', { box, code }),
    post,
  };
};

const held = (...letters: Parameters<MemoryLetters['add']>[0][]) => {
  const box = new MemoryLetters();
  for (const letter of letters) box.add(letter);
  return box;
};

const sends = () =>
  held(
    ...[1, 2].map((n) => ({
      messageId: `q-${n}`,
      body: JSON.stringify(request),
      attributes: why('QuotaExceeded', 'Daily message quota exceeded.'),
      sentAt: NOW - n * 3_600_000,
    })),
    { messageId: 'old', body: JSON.stringify(request), sentAt: NOW - 86_400_000 },
    { messageId: 'bad', body: '[]', attributes: why('InvalidRequest', 'got <b>a list</b>'), sentAt: NOW - 60_000 },
  );

/** Letters that cannot be taken until they may. */
class Gated extends MemoryLetters {
  takesBegun = 0;
  readonly #gate: Promise<void>;
  open: () => void = () => undefined;

  constructor() {
    super();
    this.#gate = new Promise((resolve) => {
      this.open = resolve;
    });
  }

  override async take() {
    this.takesBegun += 1;
    await this.#gate;
    return super.take();
  }
}

const begun = async (letters: Gated) => {
  while (letters.takesBegun === 0) await new Promise((resolve) => setImmediate(resolve));
};

describe('the queues', () => {
  test('says how full each is, and where its letters go', async () => {
    const { queues } = over(async (box) => (box === 'sends' ? { letters: sends() } : {}));
    expect(await queues()).toEqual({
      at: '2026-11-20T12:00:00.000Z',
      boxes: [
        ['feedback', 'Feedback that could not be applied', 0, 'the feedback queue'],
        ['undelivered', 'Feedback that the topic could not deliver', 0, 'the feedback queue'],
        ['sends', 'Queued requests that could not be sent', 4, 'the send queue'],
        ['failed-sends', 'Asynchronous sends that failed', 0, 'the send queue'],
      ].map(([box, title, depth, destination]) => ({
        box,
        title,
        depth,
        problem: null,
        destination,
        noDestination: null,
      })),
    });
  });

  test('tells a queue that is not there from one that may not be looked at, and fails neither the others', async () => {
    const denied = Object.assign(new Error('not authorized to perform: sqs:GetQueueAttributes'), {
      name: 'AccessDenied',
    });
    const { queues } = over(async (box) => {
      if (box === 'undelivered') throw new CliError('NotInLocalCloud', 'it has no such queue', 'There are others.');
      if (box === 'sends') throw new CliError('DeploymentLacks', 'it has no output SendDeadLetterQueueUrl', '…');
      if (box === 'failed-sends') throw denied;
      return {};
    });
    const { boxes } = await queues();
    expect(boxes.map(({ box, depth, problem }) => [box, depth, problem?.code ?? null])).toEqual([
      ['feedback', 0, null],
      ['undelivered', null, null],
      ['sends', null, null],
      ['failed-sends', null, 'AccessDenied'],
    ]);
    expect(boxes[3]?.problem?.remedy).toContain('sqs:GetQueueAttributes');
    expect(boxes.slice(1).map(({ destination }) => destination)).toEqual([null, null, null]);
  });

  test('says what to do where there is nowhere to go back to', async () => {
    const { boxes } = await over(async (box) => (box === 'failed-sends' ? { outbox: undefined } : {})).queues();
    expect(boxes[3]).toMatchObject({ depth: 0, destination: null, problem: null });
    expect(boxes[3]?.noDestination).toContain('Give the stack a send queue');
  });

  test('what nobody foresaw is told in the terminal, and not on the page', async () => {
    const { queues, told } = over(async (box) => {
      if (box === 'sends') throw new TypeError('secret\u001b[2J of /home/pat');
      return {};
    });
    const { boxes } = await queues();
    expect(boxes[2]).toMatchObject({ depth: null, problem: { code: 'Unexpected' } });
    expect(JSON.stringify(boxes)).not.toContain('secret');
    expect(told).toEqual(['sends: CliError: secret [2J of /home/pat\n']);
  });
});

describe('looking inside', () => {
  test('counts by cause, and leaves everything as it is', async () => {
    const letters = sends();
    const { status, body } = await over(async () => ({ letters })).look('sends');
    expect(status).toBe(200);
    expect(body).toEqual({
      box: 'sends',
      depth: 4,
      letters: 4,
      complete: true,
      causes: [
        {
          code: 'QuotaExceeded',
          letters: 2,
          goes: 2,
          stays: [],
          oldest: '2026-11-20T10:00:00.000Z',
          example: 'Daily message quota exceeded. (key sqs-q-2)',
        },
        {
          code: 'InvalidRequest',
          letters: 1,
          goes: 0,
          stays: ['is no request: its body is no JSON object'],
          oldest: '2026-11-20T11:59:00.000Z',
          example: 'got <b>a list</b> (bad)',
        },
        {
          code: 'MovedBySqs',
          letters: 1,
          goes: 1,
          stays: [],
          oldest: '2026-11-19T12:00:00.000Z',
          example: 'moved by SQS after 5 receives (key sqs-old)',
        },
      ],
    });
    expect(letters.visible).toHaveLength(4);
  });

  test('looks at no more than the command does', async () => {
    const letters = held();
    for (let i = 0; i < 10_050; i += 1) letters.add({ messageId: `m-${i}`, body: 'x' });
    const { body } = await over(async () => ({ letters })).look('feedback');
    expect([body.letters, body.depth, body.complete]).toEqual([10_000, 10_050, false]);
    expect(letters.visible).toHaveLength(10_050);
  });

  test('two looks at once are one: they would hide letters from each other', async () => {
    const letters = new Gated();
    letters.add({ body: 'x' });
    let opens = 0;
    const { look } = over(async () => {
      opens += 1;
      return { letters };
    });
    const both = Promise.all([look('sends'), look('sends')]);
    await begun(letters);
    letters.open();
    expect((await both).map(({ body }) => body.letters)).toEqual([1, 1]);
    expect(opens).toBe(1);
    expect((await look('sends')).body.letters).toBe(1);
  });

  test('what goes wrong is told as the command tells it, and the next look is a new one', async () => {
    let refuses = true;
    const { look } = over(async () => {
      if (refuses) throw Object.assign(new Error('The queue does not exist.'), { name: 'QueueDoesNotExist' });
      return { letters: held({ body: 'x' }) };
    });
    expect(await look('sends')).toMatchObject({ status: 404, problem: { code: 'QueueNotFound' } });
    refuses = false;
    expect(await look('sends')).toMatchObject({ status: 200, body: { letters: 1 } });
  });
});

describe('putting back', () => {
  test('moves what may go, each with its key, and says what stays', async () => {
    const [letters, outbox] = [sends(), new MemoryOutbox()];
    const { status, body } = await over(async () => ({ letters, outbox })).redrive('sends');
    expect([status, body]).toEqual([
      200,
      { moved: 3, stayed: [{ why: 'is no request: its body is no JSON object', letters: 1 }], hidden: 0 },
    ]);
    expect(outbox.received.map((each) => JSON.parse(each.body).idempotencyKey).sort()).toEqual([
      'sqs-old',
      'sqs-q-1',
      'sqs-q-2',
    ]);
    expect(letters.visible.map(({ messageId }) => messageId)).toEqual(['bad']);
  });

  test('moves one cause alone, and nothing for a cause that no letter has', async () => {
    const [letters, outbox] = [sends(), new MemoryOutbox()];
    const { redrive } = over(async () => ({ letters, outbox }));
    expect((await redrive('sends', 'Quota')).body).toEqual({ moved: 0, stayed: [], hidden: 0 });
    expect(letters.visible).toHaveLength(4);
    expect((await redrive('sends', 'QuotaExceeded')).body).toEqual({ moved: 2, stayed: [], hidden: 0 });
    expect([outbox.received.length, letters.visible.length]).toEqual([2, 2]);
  });

  test('lets SQS move what it set aside itself', async () => {
    const [letters, outbox] = [held({ body: '1' }, { body: '2' }, { body: '3' }), new MemoryOutbox()];
    const mover = new MemoryMover(letters, outbox, 2);
    const { body } = await over(async () => ({ letters, outbox, mover })).redrive('feedback');
    expect([body, outbox.received.length]).toEqual([{ moved: 3, stayed: [], hidden: 0 }, 3]);
  });

  test('keeps a send that may have been mailed and has no key', async () => {
    const letters = held({ body: JSON.stringify(failureRecord(request, { errorType: 'OutcomeUnknown' })) });
    const { body } = await over(async () => ({ letters })).redrive('failed-sends');
    expect(body.moved).toBe(0);
    expect(body.stayed[0]?.why).toContain('may have been mailed');
    expect(letters.visible).toHaveLength(1);
  });

  test('says that somebody else looks at all that is there', async () => {
    const letters = sends();
    await letters.take();
    const { body } = await over(async () => ({ letters })).redrive('sends');
    expect(body).toEqual({ moved: 0, stayed: [], hidden: 4 });
  });

  test('says why where there is nowhere to go back to', async () => {
    const { status, problem } = await over(async () => ({ letters: sends(), outbox: undefined })).redrive('sends');
    expect([status, problem?.code]).toEqual([502, 'NoQueueToGoBackTo']);
  });

  test('one at a time: a second, and a look, are refused meanwhile, those of other queues are not', async () => {
    const letters = new Gated();
    letters.add({ body: 'x' });
    const outbox = new MemoryOutbox();
    const { look, redrive } = over(async (box) => (box === 'feedback' ? { letters, outbox } : {}));
    const first = redrive('feedback');
    await begun(letters);
    expect(await redrive('feedback')).toMatchObject({ status: 409, problem: { code: 'RedriveRunning' } });
    expect(await look('feedback')).toMatchObject({ status: 409, problem: { code: 'RedriveRunning' } });
    expect(await redrive('undelivered')).toMatchObject({ status: 200 });
    letters.open();
    expect((await first).body.moved).toBe(1);
    expect((await redrive('feedback')).body).toEqual({ moved: 0, stayed: [], hidden: 0 });
    expect(outbox.received).toHaveLength(1);
  });

  test('after one that failed it can be tried again', async () => {
    let fault: Error | undefined = new CliError('StackNotFound', 'there is none', 'Deploy it.');
    const { redrive } = over(async () => {
      if (fault !== undefined) throw fault;
      return { letters: held({ body: 'x' }) };
    });
    expect(await redrive('feedback')).toMatchObject({ status: 404 });
    fault = undefined;
    expect((await redrive('feedback')).body.moved).toBe(1);
  });

  test('waits for a look that runs, and then sees all it saw', async () => {
    const letters = new Gated();
    letters.add({ body: 'x' });
    const { look, redrive } = over(async () => ({ letters }));
    const looking = look('feedback');
    await begun(letters);
    const moving = redrive('feedback');
    letters.open();
    expect((await looking).body.letters).toBe(1);
    expect((await moving).body.moved).toBe(1);
  });
});

test.each([
  ['/queues/look', { box: 'else' }],
  ['/queues/look', {}],
  ['/queues/look', { box: 'sends', more: 1 }],
  ['/queues/look', [['box', 'sends']]],
  ['/queues/redrive', { box: 'sends' }],
  ['/queues/redrive', { box: 'sends', code: '' }],
  ['/queues/redrive', { box: 'sends', code: 7 }],
  ['/queues/redrive', { box: 'sends', code: 'x'.repeat(1001) }],
  ['/queues/redrive', { box: '__proto__', code: null }],
])('%s refuses %j', async (path, body) => {
  let opens = 0;
  const { post } = over(async () => {
    opens += 1;
    return {};
  });
  expect(await post(path, body)).toMatchObject({ status: 400, problem: { code: 'InvalidRequest' } });
  expect(opens).toBe(0);
});
