import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { isLoopback, listenersOf, parseListeners } from '../../../proof/acceptance/listening.ts';

const HEAD = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
const line = (local: string, state: string, inode: string) =>
  `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 0`;

describe('Listeners', () => {
  test('are those of the sockets that count', () => {
    const table = [
      HEAD,
      line('0100007F:1F90', '0A', '11'),
      line('00000000:01BB', '0A', '12'),
      line('0100007F:1F91', '01', '13'),
      line('0100007F:1F92', '0A', '99'),
    ].join('\n');
    expect(parseListeners(table, new Set(['11', '12', '13']))).toEqual([
      { host: '127.0.0.1', port: 8080 },
      { host: '0.0.0.0', port: 443 },
    ]);
  });

  test.each([
    ['127.0.0.1', true],
    ['127.8.0.1', true],
    ['00000000000000000000000001000000', true],
    ['0000000000000000FFFF00000100007F', true],
    ['0.0.0.0', false],
    ['10.0.0.1', false],
    ['00000000000000000000000000000000', false],
    ['0000000000000000FFFF00000100000A', false],
  ])('%s: on loopback is %s', (host, is) => {
    expect(isLoopback({ host, port: 1 })).toBe(is);
  });

  test('are found of a real group of processes, on Linux', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : undefined;
      const stat = existsSync('/proc/self/stat') ? readFileSync('/proc/self/stat', 'utf8') : '';
      const group = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
      const found = await listenersOf(group);
      expect(found === null || found.some((each) => each.host === '127.0.0.1' && each.port === port)).toBe(true);
      expect(found === null).toBe(process.platform !== 'linux');
    } finally {
      server.close();
    }
  });
});
