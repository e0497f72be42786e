import { LINK_CHARS, unsubscribeLinks } from '../../adapters/unsubscribe-links.ts';
import { writeKeys } from '../../core/unsubscribe/signing-keys.ts';
import { KEYS, keyNamed, NOW, PAT, told } from '../core/unsubscribe/samples.ts';
import { addressOf } from './samples.ts';
import { fakeSecrets } from './unsubscribe-fake-secrets.ts';

const URL_OF_FUNCTION = `https://${'a'.repeat(32)}.lambda-url.ap-southeast-1.on.aws/`;
const linksWith = (keys = KEYS, url = URL_OF_FUNCTION) => {
  const secrets = fakeSecrets(writeKeys(keys));
  return { secrets, links: unsubscribeLinks({ url, secretId: 'arn:secret', client: secrets.client, now: () => NOW }) };
};
const label = 'd'.repeat(63);
const LONGEST = {
  address: addressOf(`${'a'.repeat(64)}@${label}.${label}.${label}.${'e'.repeat(61)}`),
  stream: 's'.repeat(256),
};

test('leads to the function with a token for this address and stream', async () => {
  const { links } = linksWith();
  const link = new URL(await links.link(PAT.address, PAT.stream));
  expect(link.origin + link.pathname).toBe(URL_OF_FUNCTION);
  expect([...link.searchParams.keys()]).toEqual(['t']);
  expect(told(link.searchParams.get('t'), KEYS, NOW)).toEqual(PAT);
});

test('is the same for the same address and stream, and another for any other', async () => {
  const { links } = linksWith();
  const link = await links.link(PAT.address, PAT.stream);
  expect(await links.link(PAT.address, PAT.stream)).toBe(link);
  expect(await links.link(PAT.address, 'receipts')).not.toBe(link);
});

test('fits into a line of mail for the longest address, stream, key id and function URL', async () => {
  const keys = { current: keyNamed('k'.repeat(16)), retired: [] };
  const link = await linksWith(keys).links.link(LONGEST.address, LONGEST.stream);
  expect(link.length).toBeLessThanOrEqual(LINK_CHARS);
  expect(`List-Unsubscribe: <${link}>`.length).toBeLessThan(998);
});

test('refuses to make a link that mail cannot carry', async () => {
  const { links } = linksWith(KEYS, `https://${'long.'.repeat(40)}example/`);
  await expect(links.link(LONGEST.address, LONGEST.stream)).rejects.toThrow('use a shorter URL');
});

test('fails when the key cannot be read', async () => {
  const { links, secrets } = linksWith();
  secrets.fail(new Error('no access'));
  await expect(links.link(PAT.address, PAT.stream)).rejects.toMatchObject({ code: 'KeysUnavailable' });
});
