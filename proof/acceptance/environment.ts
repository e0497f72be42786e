import { ACCOUNT, REGION } from '../../local/arn.ts';

/** Variables by which pip finds PyPI, and nothing else does. */
const OF_PIP = /^(?:(?:https?|no|all)_proxy|PIP_.*|SSL_CERT_(?:FILE|DIR)|REQUESTS_CA_BUNDLE)$/i;
/** Variables that would lead a command elsewhere: to a real account, or through a proxy to this machine. */
const LEADS_AWAY = /^(?:AWS_|CDK_|NODE_OPTIONS$|NODE_EXTRA_CA_CERTS$|npm_)/;

const withoutGaps = (env: NodeJS.ProcessEnv): [string, string][] =>
  Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as [string, string]]));

/** What pip needs of the environment. */
export const pipEnvironment = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(withoutGaps(env).filter(([name]) => OF_PIP.test(name)));

/** The environment without what leads away; nothing in it knows an account of AWS. */
export const bareEnvironment = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(withoutGaps(env).filter(([name]) => !OF_PIP.test(name) && !LEADS_AWAY.test(name)));

/**
 * What the CDK, the command line and this program call the cloud with.
 *
 * @param cloud - address of the cloud
 * @param ses - address of the simulated SES
 * @param certificate - file of the certificate the cloud serves
 * @param home - folder that stands for a user's own settings
 */
export const cloudEnvironment = ({
  cloud,
  ses,
  certificate,
  home,
}: Readonly<Record<'cloud' | 'ses' | 'certificate' | 'home', string>>): Record<string, string> => ({
  AWS_ENDPOINT_URL: cloud,
  AWS_ENDPOINT_URL_SES: ses,
  AWS_ENDPOINT_URL_SESV2: ses,
  // ministack takes twelve digits for the number of the account
  AWS_ACCESS_KEY_ID: ACCOUNT,
  AWS_SECRET_ACCESS_KEY: 'acceptance',
  AWS_REGION: REGION,
  AWS_DEFAULT_REGION: REGION,
  AWS_CONFIG_FILE: `${home}/none`,
  AWS_SHARED_CREDENTIALS_FILE: `${home}/none`,
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CA_BUNDLE: certificate,
  NODE_EXTRA_CA_CERTS: certificate,
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  CDK_HOME: home,
  CDK_DISABLE_CLI_TELEMETRY: 'true',
  NO_COLOR: '1',
});
