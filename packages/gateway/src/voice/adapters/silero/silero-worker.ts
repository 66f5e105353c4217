// The thread that runs the model: an inference takes milliseconds, in which no call's audio could be sent.
// Silero VAD v5 has the inputs `input` [calls, 64 + 512], `state` [2, calls, 128] and `sr`, and the outputs `output`
// [calls, 1] and `stateN`. Rows don't influence one another.
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { modelInputs, readyWord, type SileroBatch, type SileroReply } from './silero-batch.ts';

if (!parentPort) throw new Error('this file is the start of a thread');
const port = parentPort;
const batch = workerData as SileroBatch;

const session = await InferenceSession.create(
  createRequire(import.meta.url).resolve('@ricky0123/vad-web/dist/silero_vad_v5.onnx'),
  { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: 'sequential' },
);
const rate = new Tensor('int64', BigInt64Array.of(16_000n), []);

port.on('message', (calls: number) => void answer(calls));
port.postMessage(readyWord);

async function answer(calls: number): Promise<void> {
  try {
    await judge(calls);
    reply('judged');
  } catch (error) {
    reply({ failure: String(error) });
  }
}

async function judge(calls: number): Promise<void> {
  const { input, state } = modelInputs(batch, calls);
  const outputs = await session.run({
    input: new Tensor('float32', ...input),
    state: new Tensor('float32', ...state),
    sr: rate,
  });
  batch.probabilities.set(floats(outputs['output']));
  batch.states.set(floats(outputs['stateN']));
}

function reply(news: SileroReply): void {
  port.postMessage(news);
}

function floats(tensor: Tensor | undefined): Float32Array {
  if (tensor?.data instanceof Float32Array) return tensor.data;
  throw new Error('the model of speech detection is another one');
}
