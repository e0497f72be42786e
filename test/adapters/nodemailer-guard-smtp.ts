import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';

/** What one SMTP transaction brought. */
export interface Delivery {
  readonly from: string;
  readonly to: readonly string[];
  readonly message: string;
}

/** A mail server on the loopback interface that takes everything. */
export const startSmtp = async () => {
  const deliveries: Delivery[] = [];
  const server = createServer((socket) => {
    let from = '';
    let to: string[] = [];
    let data: string[] | undefined;
    let rest = '';
    const answer = (text: string) => socket.write(`${text}\r\n`);
    const take = (line: string): void => {
      if (data !== undefined) {
        if (line !== '.') data.push(line);
        else {
          deliveries.push({ from, to, message: data.join('\r\n') });
          data = undefined;
          to = [];
          answer('250 queued');
        }
        return;
      }
      const [, path = ''] = /<(.*)>/.exec(line) ?? [];
      if (/^MAIL FROM/i.test(line)) from = path;
      if (/^RCPT TO/i.test(line)) to.push(path);
      if (/^DATA/i.test(line)) data = [];
      answer(data === undefined ? '250 ok' : '354 go on');
      if (/^QUIT/i.test(line)) socket.end();
    };
    answer('220 local');
    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString()).split('\r\n');
      rest = lines.pop() ?? '';
      lines.forEach(take);
    });
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    deliveries,
    options: { host: '127.0.0.1', port: (server.address() as AddressInfo).port, ignoreTLS: true },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
};
