import { realDependencies } from './real-dependencies.ts';
import { run } from './run.ts';

// the SDK reads this when the first client is made, which is later
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

process.exitCode = await run(process.argv.slice(2), realDependencies());
