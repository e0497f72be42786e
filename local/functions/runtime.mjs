// What Lambda's runtime is to a function: loads the bundle in a thread with an environment of its own, then runs one
// event at a time. Plain JavaScript, because a worker thread starts without the loader that reads TypeScript.
import { parentPort, workerData } from 'node:worker_threads';

const { file, functionName, functionArn, memoryLimitInMB } = workerData;

let handler;
try {
  ({ handler } = await import(file));
  if (typeof handler !== 'function') {
    throw Object.assign(new Error('index.handler is undefined or not exported'), { name: 'Runtime.HandlerNotFound' });
  }
  parentPort.postMessage({ type: 'ready' });
} catch (error) {
  parentPort.postMessage({ type: 'unusable', error: report(error) });
}

parentPort.on('message', async ({ requestId, payload, deadline }) => {
  parentPort.postMessage({ type: 'done', requestId, outcome: await run(requestId, payload, deadline) });
});

async function run(requestId, payload, deadline) {
  try {
    const answer = await handler(JSON.parse(payload), context(requestId, deadline));
    return { ok: true, payload: serialize(answer) };
  } catch (error) {
    return { ok: false, error: report(error) };
  }
}

const context = (awsRequestId, deadline) => ({
  awsRequestId,
  functionName,
  functionVersion: '$LATEST',
  invokedFunctionArn: functionArn,
  memoryLimitInMB,
  logGroupName: `/aws/lambda/${functionName}`,
  logStreamName: 'local',
  callbackWaitsForEmptyEventLoop: true,
  getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
});

function serialize(answer) {
  try {
    return JSON.stringify(answer === undefined ? null : answer);
  } catch {
    throw Object.assign(new Error('Unable to stringify response body'), { name: 'Runtime.MarshalError', stack: '' });
  }
}

function report(error) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  const { name, message, stack } = error;
  return { errorType: String(name), errorMessage: String(message), trace: stack ? String(stack).split('\n') : [] };
}
