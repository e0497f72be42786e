import { fileURLToPath } from 'node:url';
import type { Output } from '../../core/contract/index.ts';
import { claim } from './acceptance-error.ts';
import type { Assembly, Cdk } from './cdk.ts';
import { type Cloud, eventually, type Invoked } from './cloud.ts';
import type { Commands, Ran } from './commands.ts';
import type { EmbeddedMetricsBridge } from './embedded-metrics-bridge.ts';
import type { Ministack } from './ministack.ts';
import type { SimulatedSes } from './simulated-ses.ts';

/** The checkout this runs in. */
export const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));

/** What the steps act on. */
export interface StageParts {
  readonly commands: Commands;
  readonly ministack: Ministack;
  readonly cloud: Cloud;
  readonly ses: SimulatedSes;
  readonly cdk: Cdk;
  readonly metrics: EmbeddedMetricsBridge;
  /** See `cloudEnvironment`. */
  readonly env: Readonly<Record<string, string>>;
}

/** The send function's answer, as far as it is looked at here. */
export interface Answer {
  readonly status: string;
  readonly messageId: string | null;
  readonly suppressed: readonly { readonly address: string; readonly reason: string; readonly scope: string }[];
}

/** What stands deployed. */
export interface Standing extends Assembly {
  readonly outputs: Readonly<Record<string, string>>;
}

/** A deployment and everything around it. Steps change it, one after the other. */
export class Stage {
  readonly parts: StageParts;
  /** What was deployed last. */
  standing: Standing | undefined;

  constructor(parts: StageParts) {
    this.parts = parts;
  }

  /**
   * The value of an output of the stack.
   *
   * @throws ClaimFailed if it is not there
   */
  output(key: (typeof Output)[keyof typeof Output]): string {
    const value = this.standing?.outputs[key] ?? '';
    claim(value !== '', `the stack should have the output ${key}, but has not`);
    return value;
  }

  /** Has the deployed function send one mail. */
  async send(request: object): Promise<Invoked> {
    return this.parts.cloud.invoke(this.output('SendFunctionName'), {
      from: 'Ledger <no-reply@ledger.example>',
      subject: 'Acceptance',
      text: 'This mail goes to a simulated SES.',
      ...request,
    });
  }

  /**
   * Sends a mail that must be answered, not refused.
   *
   * @throws ClaimFailed
   */
  async answerTo(request: { readonly to: readonly string[]; readonly [field: string]: unknown }): Promise<Answer> {
    const sent = await this.send(request);
    claim(
      sent.ok,
      `a mail to ${request.to.join(', ')} should be answered, but ${sent.ok ? '' : `${sent.code}: ${sent.message}`}`,
    );
    return sent.value as Answer;
  }

  /** Waits until SES has said all and the functions have taken it. */
  async settle(): Promise<void> {
    const { ses, cloud } = this.parts;
    let quiet = 0;
    await eventually(
      async () => {
        const idle = ses.isIdle && (await cloud.queueSize(this.output('FeedbackQueueUrl'))) === 0;
        quiet = idle ? quiet + 1 : 0;
        return quiet >= 3 || undefined;
      },
      'feedback should be taken, but is not after three minutes',
      180_000,
    );
    claim(ses.failures.length === 0, `SNS should take every message of SES, but: ${ses.failures[0]}`);
  }

  /** Runs the project's own command line against the deployment, as a user does. */
  cli(name: string, args: readonly string[], accept: readonly number[] = [0]): Promise<Ran> {
    const { commands, env } = this.parts;
    return commands.run(`cli-${name}`, process.execPath, ['cli/ses-suppressor.mjs', name, ...args], {
      env,
      cwd: CHECKOUT,
      accept,
    });
  }
}
