import { readdir, readFile, readlink } from 'node:fs/promises';

/** A port on which something waits for connections. */
export interface Listener {
  /** As people write it: `127.0.0.1`, `0.0.0.0`, or the hexadecimal form of an IPv6 address. */
  readonly host: string;
  readonly port: number;
}

const LISTEN = '0A';
const V6_LOOPBACK = '00000000000000000000000001000000';
/** `::ffff:127.…` as Linux writes it. */
const V4_LOOPBACK_IN_V6 = /^0000000000000000FFFF0000[0-9A-F]{6}7F$/;

/** @example hostOf('0100007F') // '127.0.0.1' */
const hostOf = (hex: string): string =>
  hex.length === 8
    ? (hex.match(/../g) ?? [])
        .reverse()
        .map((byte) => Number.parseInt(byte, 16))
        .join('.')
    : hex;

/**
 * Reads a table of sockets as Linux shows it in `/proc/net/tcp` and `/proc/net/tcp6`.
 *
 * @param inodes - sockets that count
 * @returns those that listen
 */
export const parseListeners = (table: string, inodes: ReadonlySet<string>): Listener[] =>
  table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state, , , , , , inode]) => state === LISTEN && inodes.has(inode ?? ''))
    .map(([, local = '']) => {
      const [address = '', port = ''] = local.split(':');
      return { host: hostOf(address), port: Number.parseInt(port, 16) };
    });

/** Whether only this machine can reach it. */
export const isLoopback = ({ host }: Listener): boolean =>
  host.startsWith('127.') || host === V6_LOOPBACK || V4_LOOPBACK_IN_V6.test(host);

/** Processes of a group, by their ids. */
const membersOf = async (group: number): Promise<string[]> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const groups = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      // the name is in brackets and may hold anything; state, parent and group follow
      return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2];
    }),
  );
  return pids.filter((_, i) => groups[i] === String(group));
};

const socketsOf = async (pid: string): Promise<string[]> => {
  const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const targets = await Promise.all(files.map((file) => readlink(`/proc/${pid}/fd/${file}`).catch(() => '')));
  return targets.flatMap((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []);
};

/**
 * On what a process group listens.
 *
 * @returns null where the system does not show it: anything but Linux
 */
export const listenersOf = async (group: number): Promise<readonly Listener[] | null> => {
  if (process.platform !== 'linux') return null;
  const inodes = new Set((await Promise.all((await membersOf(group)).map(socketsOf))).flat());
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')),
  );
  return tables.flatMap((table) => parseListeners(table, inodes));
};
