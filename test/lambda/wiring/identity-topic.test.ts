import { unwireIdentity, wireIdentity } from '../../../lambda/wiring/identity-topic.ts';
import { FakeSes, OURS, surroundings, THEIRS, wireTo } from './fakes.ts';

const theirs = { topic: THEIRS, headers: true };
const NEW_TOPIC = 'arn:aws:sns:eu-west-1:111122223333:OursToo';

describe('wiring', () => {
  test('sets the topic where none is set', async () => {
    const ses = new FakeSes({ 'ledger.example': {} });
    await wireIdentity(wireTo(), surroundings(ses).identity);
    expect(ses.changes).toEqual([`ledger.example/Bounce -> ${OURS}`]);
  });

  test('changes nothing where it is set already, so that it may run at each deployment', async () => {
    const ses = new FakeSes({ 'ledger.example': {} });
    const { identity } = surroundings(ses);
    for (const deployment of ['first', 'second'])
      await wireIdentity(wireTo({ Deployment: deployment, IncludeHeaders: 'true' }), identity);
    expect(ses.changes).toEqual([`ledger.example/Bounce -> ${OURS}`, 'ledger.example/Bounce headers true']);
  });

  test('never takes another system’s topic unasked, and names both ways out', async () => {
    const ses = new FakeSes({ 'ledger.example': { Bounce: theirs } });
    const { identity, memory } = surroundings(ses);
    const wiring = wireIdentity(wireTo(), identity);
    await expect(wiring).rejects.toThrow(
      `Bounce notifications of ledger.example already go to ${THEIRS}, and an identity has one topic a type. ` +
        `Nothing was changed. Either let our queue listen to that topic ("topics": ["${THEIRS}"]`,
    );
    await expect(wiring).rejects.toThrow('or set "replace": true');
    expect([ses.changes, memory.wires.size]).toEqual([[], 0]);
  });

  test('takes it where that is allowed, and remembers it first', async () => {
    const ses = new FakeSes({ 'ledger.example': { Bounce: theirs } });
    const { identity, memory } = surroundings(ses);
    await wireIdentity(wireTo({ Replace: 'true' }), identity);
    expect(ses.wire('ledger.example', 'Bounce')?.topic).toBe(OURS);
    expect([...memory.wires]).toEqual([['ledger.example/Bounce', theirs]]);
  });

  test('remembers even if it crashes before the change', async () => {
    const ses = new FakeSes({ 'ledger.example': { Bounce: theirs } });
    const { identity, memory } = surroundings(ses);
    const crash = jest.spyOn(ses, 'setTopic').mockRejectedValueOnce(new Error('gone away'));
    await expect(wireIdentity(wireTo({ Replace: 'true' }), identity)).rejects.toThrow('gone away');
    expect(memory.wires.get('ledger.example/Bounce')).toEqual(theirs);
    crash.mockRestore();
    await wireIdentity(wireTo({ Replace: 'true' }), identity);
    expect(memory.wires.get('ledger.example/Bounce')).toEqual(theirs);
  });

  test('moves from the stack’s former topic to its new one without being allowed to replace', async () => {
    const ses = new FakeSes({ 'ledger.example': { Bounce: { topic: OURS, headers: false } } });
    await wireIdentity(wireTo({ TopicArn: NEW_TOPIC }), surroundings(ses).identity, OURS);
    expect(ses.changes).toEqual([`ledger.example/Bounce -> ${NEW_TOPIC}`]);
  });

  test('asks for the original headers, and takes that back when they are not wanted any more', async () => {
    const ses = new FakeSes({ 'ledger.example': {} });
    const { identity } = surroundings(ses);
    await wireIdentity(wireTo({ IncludeHeaders: 'true' }), identity);
    expect(ses.wire('ledger.example', 'Bounce')?.headers).toBe(true);
    await wireIdentity(wireTo(), identity);
    expect(ses.wire('ledger.example', 'Bounce')?.headers).toBe(false);
  });

  test('leaves headers on that were on before', async () => {
    const ses = new FakeSes({ 'ledger.example': { Bounce: { topic: null, headers: true } } });
    await wireIdentity(wireTo(), surroundings(ses).identity);
    expect(ses.changes).toEqual([`ledger.example/Bounce -> ${OURS}`]);
  });

  test('fails for an identity that SES does not know, with the remedy', async () => {
    await expect(wireIdentity(wireTo(), surroundings(new FakeSes({})).identity)).rejects.toThrow(
      'SES does not know the identity ledger.example in this region: verify it first, or take it out of "identities".',
    );
  });
});

describe('un-wiring', () => {
  const wiredOver = async (before: typeof theirs | undefined) => {
    const ses = new FakeSes({ 'ledger.example': before === undefined ? {} : { Bounce: before } });
    const parts = surroundings(ses);
    await wireIdentity(wireTo({ Replace: 'true', IncludeHeaders: 'true' }), parts.identity);
    ses.changes.length = 0;
    return { ses, ...parts };
  };

  test('unsets what was not set before', async () => {
    const { ses, identity, memory } = await wiredOver(undefined);
    await unwireIdentity(wireTo(), identity);
    expect(ses.wire('ledger.example', 'Bounce')).toEqual({ topic: null, headers: false });
    expect(memory.wires.size).toBe(0);
  });

  test('puts back what was replaced, headers and all', async () => {
    const { ses, identity, memory } = await wiredOver({ topic: THEIRS, headers: false });
    expect(ses.wire('ledger.example', 'Bounce')).toEqual({ topic: OURS, headers: true });
    await unwireIdentity(wireTo(), identity);
    expect(ses.wire('ledger.example', 'Bounce')).toEqual({ topic: THEIRS, headers: false });
    expect(memory.wires.size).toBe(0);
  });

  test('puts back what was replaced although SES had un-wired it meanwhile', async () => {
    const { ses, identity } = await wiredOver(theirs);
    ses.become('ledger.example', 'Bounce', null);
    await wireIdentity(wireTo(), identity);
    await unwireIdentity(wireTo(), identity);
    expect(ses.wire('ledger.example', 'Bounce')?.topic).toBe(THEIRS);
  });

  test('never removes a topic that another system has set since', async () => {
    const { ses, identity } = await wiredOver(undefined);
    ses.become('ledger.example', 'Bounce', THEIRS);
    await unwireIdentity(wireTo(), identity);
    expect([ses.changes, ses.wire('ledger.example', 'Bounce')?.topic]).toEqual([[], THEIRS]);
  });

  test('undoes nothing after a creation that failed', async () => {
    const ses = new FakeSes({ 'ledger.example': { Bounce: theirs } });
    await unwireIdentity(wireTo(), surroundings(ses).identity);
    expect([ses.changes, ses.wire('ledger.example', 'Bounce')]).toEqual([[], theirs]);
  });

  test('succeeds for an identity that is gone', async () => {
    const { ses, identity, memory } = await wiredOver(undefined);
    ses.remove('ledger.example');
    await expect(unwireIdentity(wireTo(), identity)).resolves.toBeUndefined();
    expect(memory.wires.size).toBe(0);
  });

  test('succeeds for an identity that goes between the look and the change', async () => {
    const { ses, identity } = await wiredOver(undefined);
    const read = ses.read.bind(ses);
    jest.spyOn(ses, 'read').mockImplementationOnce(async (names) => {
      const found = await read(names);
      ses.remove('ledger.example');
      return found;
    });
    await expect(unwireIdentity(wireTo(), identity)).resolves.toBeUndefined();
  });

  test('unsets the topic if the one to put back is gone', async () => {
    const { ses, identity } = await wiredOver(theirs);
    ses.gone.add(THEIRS);
    await unwireIdentity(wireTo(), identity);
    expect(ses.wire('ledger.example', 'Bounce')?.topic).toBeNull();
  });

  test('fails, and remembers, if SES cannot be reached', async () => {
    const { ses, identity, memory } = await wiredOver(theirs);
    jest.spyOn(ses, 'setTopic').mockRejectedValueOnce(new Error('Rate exceeded'));
    await expect(unwireIdentity(wireTo(), identity)).rejects.toThrow('Rate exceeded');
    expect(memory.wires.size).toBe(1);
  });
});
