import { answerAwsJson, JsonFault, type JsonInput } from '../http/aws-json.ts';
import { type LoopbackServer, serveOnLoopback } from '../http/loopback-server.ts';
import { type LocalSecret, notFound } from './local-secret.ts';

const MAX_REQUEST_BYTES = 1024 * 1024;

/** What the endpoint can do, by the operation's name; each takes the secret that `SecretId` names. */
const ACTIONS: Readonly<Record<string, (secret: LocalSecret, input: JsonInput) => object>> = {
  GetSecretValue: (secret, input) => {
    const { id, value } = secret.read(text(input.VersionId), text(input.VersionStage));
    return { VersionId: id, VersionStages: secret.stages[id], SecretString: value };
  },
  DescribeSecret: (secret) => ({ RotationEnabled: false, VersionIdsToStages: secret.stages }),
  PutSecretValue: (secret, input) => {
    const stages = Array.isArray(input.VersionStages) ? input.VersionStages.map(String) : undefined;
    const id = secret.put(String(input.SecretString ?? ''), text(input.ClientRequestToken), stages);
    return { VersionId: id, VersionStages: secret.stages[id] };
  },
  UpdateSecretVersionStage: (secret, input) => {
    secret.move(String(input.VersionStage), text(input.MoveToVersionId));
    return {};
  },
};

/** Serves secrets on the JSON protocol of Secrets Manager, by name or ARN. */
export const startSecretsServer = (secrets: readonly LocalSecret[]): Promise<LoopbackServer> => {
  const run = (operation: string, input: JsonInput): object => {
    const act = Object.hasOwn(ACTIONS, operation) ? ACTIONS[operation] : undefined;
    if (act === undefined) throw new JsonFault('UnknownOperationException', `${operation} is not served here`);
    const secret = secrets.find(({ name, arn }) => input.SecretId === name || input.SecretId === arn);
    if (secret === undefined) throw notFound("Secrets Manager can't find the specified secret.");
    return { ARN: secret.arn, Name: secret.name, ...act(secret, input) };
  };
  return serveOnLoopback((request) => answerAwsJson(request, '1.1', run), { maxBytes: MAX_REQUEST_BYTES });
};

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
