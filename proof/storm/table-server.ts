// A process of its own for the tables: their items are not on the heap that is measured, and the other core serves them.
import { startDynamoDb } from '../../local/dynamodb.ts';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const started = await Promise.all(process.argv.slice(2).map(startDynamoDb));
process.once('disconnect', () => process.exit());
process.send?.(started.map(({ url, table, messages }) => ({ url, table, messages })));
