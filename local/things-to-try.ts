import type { LocalAddresses } from './cloud.ts';
import type { Paint } from './loop/paint.ts';
import { mailTo } from './loop/send-mail.ts';

const ADDRESS = 'bounce+2@simulator.amazonses.com';

/** Three commands for whoever has the cloud up, ready to paste. */
export function thingsToTry({ lambda }: LocalAddresses, paint: Paint): string {
  const request = JSON.stringify(mailTo([ADDRESS]));
  const tries = [
    ['Send a mail that bounces', `curl -s ${lambda}/2015-03-31/functions/send/invocations -d '${request}'`],
    ['Ask the list about it', `npx ses-suppressor check ${ADDRESS} --endpoint ${lambda}`],
    [
      'Send it again with the AWS CLI',
      `aws lambda invoke --endpoint-url ${lambda} --region us-east-1 --no-sign-request --function-name send ` +
        `--cli-binary-format raw-in-base64-out --payload '${request}' /dev/stdout`,
    ],
  ] as const;
  const paragraphs = tries.map(([what, command]) => `${paint('bold', what)}\n   ${command}\n`);
  return ['', 'Everything stays up until you press Ctrl-C. Things to try:', '', ...paragraphs].join('\n');
}
