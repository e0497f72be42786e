import { readKeys } from '../../../core/unsubscribe/signing-keys.ts';
import { signToken } from '../../../core/unsubscribe/token.ts';
import { type LocalCloud, startLocalCloud } from '../../../local/cloud.ts';
import { Violation } from '../target.ts';
import { keyOf } from './send-world.ts';

/** The local cloud, and what its functions log. */
export interface LocalWorld {
  readonly cloud: LocalCloud;
  /** Host and port of each server, by name. */
  readonly servers: Readonly<Record<string, { readonly port: number; readonly path: string }>>;
  readonly alarmTopic: string;
  /** Of an unsubscribe link that is good. */
  readonly token: string;
  /** @throws Violation for the first line of a function's log that is no JSON object */
  checkLogs(): void;
}

/** What Lambda's own runtime writes before the JSON of an error. */
const RUNTIME = /^Invoke Error /;

const isLine = (line: string): boolean => {
  try {
    const parsed: unknown = JSON.parse(line.replace(RUNTIME, ''));
    return typeof parsed === 'object' && parsed !== null;
  } catch {
    return false;
  }
};

const place = (url: string): { readonly port: number; readonly path: string } => {
  const { port, pathname } = new URL(url);
  return { port: Number(port), path: pathname };
};

const start = async (): Promise<LocalWorld> => {
  let broken: string | undefined;
  const cloud = await startLocalCloud({
    delays: [1, 2],
    onLog: (name, line) => {
      if (broken === undefined && line.trim() !== '' && !isLine(line))
        broken = `${name} logs a line that is no JSON: ${JSON.stringify(line.slice(0, 200))}`;
    },
  });
  const keys = readKeys(cloud.unsubscribeSecret.read(undefined).value);
  const { lambda, ses, sqs, sns, secrets, cloudwatch, unsubscribe } = cloud.addresses;
  const servers = Object.fromEntries(
    Object.entries({ lambda, ses, sqs, sns, secrets, cloudwatch, unsubscribe }).map(([name, url]) => [
      name,
      place(url),
    ]),
  );
  return {
    cloud,
    servers,
    alarmTopic: cloud.addresses.alarmTopic,
    token: keys.ok ? signToken({ address: keyOf('pat@target.example'), stream: 'newsletter' }, keys.value.current) : '',
    checkLogs() {
      const found = broken;
      broken = undefined;
      if (found !== undefined) throw new Violation('injection', found);
    },
  };
};

let world: Promise<LocalWorld> | undefined;
let users = 0;

/** The one local cloud of all targets that need one; it starts with the first. */
export const openLocalWorld = (): Promise<LocalWorld> => {
  users += 1;
  world ??= start();
  return world;
};

/** It ends with the last. */
export const closeLocalWorld = async (): Promise<void> => {
  users -= 1;
  if (users > 0 || world === undefined) return;
  const ending = world;
  world = undefined;
  await (await ending).cloud.stop();
};
