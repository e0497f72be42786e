import { localDeployment, stackDeployment } from '../../cli/deployment/deployment.ts';
import { countedStreams } from '../../cli/deployment/streams.ts';
import { Output } from '../../core/contract/index.ts';

const local = (streams?: string[]) =>
  localDeployment('http://127.0.0.1:1', {
    dynamodb: 'http://127.0.0.1:2',
    table: 'local',
    ...(streams === undefined ? {} : { streams }),
  });
const stack = (...streams: string[]) => {
  const outputs = new Map(streams.map((value) => [Output.STREAMS, value]));
  return stackDeployment('Suppressor', { status: 'CREATE_COMPLETE', region: 'eu-west-1', outputs });
};

test.each([
  [stack('receipts newsletter'), ['receipts', 'newsletter']],
  [stack(), []],
  [local(['receipts', 'alerts']), ['receipts', 'alerts']],
  [local([]), []],
  [local(), []],
])('reads the streams that a deployment counts', (deployment, streams) => {
  expect(countedStreams(deployment)).toEqual(streams);
});
