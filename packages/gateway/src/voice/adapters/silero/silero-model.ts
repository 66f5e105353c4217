// The inputs and outputs of Silero VAD v5: `input` [calls, 64 + 512], `state` [2, calls, 128], `sr`; out come `output`
// [calls, 1] and `stateN`. Rows don't influence one another.

import type { InferenceSession, Tensor, TensorConstructor } from 'onnxruntime-node';

const layers = 2;
const layerSize = 128;

/** What the model reads of a call, and where it leaves its memory. */
export interface SileroEar {
  /** 576 samples: the end of the former window, then the window. */
  readonly input: Float32Array;
  /** 256 numbers: two layers of 128. */
  readonly state: Float32Array;
}

export interface SileroModel {
  /** The probabilities of speech, one for each ear; their states move on by a window. */
  judge(ears: readonly SileroEar[]): Promise<Float32Array>;
  close(): Promise<void>;
}

/** Wraps a session of the model. */
export function sileroModel(session: InferenceSession, tensor: TensorConstructor): SileroModel {
  const rate = new tensor('int64', BigInt64Array.of(16_000n), []);

  return {
    async judge(ears) {
      const outputs = await session.run({
        input: new tensor('float32', inputsOf(ears), [ears.length, inputSamples(ears)]),
        state: new tensor('float32', statesOf(ears), [layers, ears.length, layerSize]),
        sr: rate,
      });
      leaveStates(ears, floats(outputs['stateN']));
      return floats(outputs['output']);
    },
    close: () => session.release(),
  };
}

function inputSamples(ears: readonly SileroEar[]): number {
  return ears[0]?.input.length ?? 0;
}

function inputsOf(ears: readonly SileroEar[]): Float32Array {
  const inputs = new Float32Array(ears.length * inputSamples(ears));
  for (const [row, ear] of ears.entries()) inputs.set(ear.input, row * ear.input.length);
  return inputs;
}

/** The model keeps the first layers of all calls together, then the second ones. */
function statesOf(ears: readonly SileroEar[]): Float32Array {
  const states = new Float32Array(layers * ears.length * layerSize);
  for (let layer = 0; layer < layers; layer += 1)
    for (const [row, ear] of ears.entries())
      states.set(
        ear.state.subarray(layer * layerSize, (layer + 1) * layerSize),
        (layer * ears.length + row) * layerSize,
      );
  return states;
}

function leaveStates(ears: readonly SileroEar[], states: Float32Array): void {
  for (let layer = 0; layer < layers; layer += 1)
    for (const [row, ear] of ears.entries()) {
      const start = (layer * ears.length + row) * layerSize;
      ear.state.set(states.subarray(start, start + layerSize), layer * layerSize);
    }
}

function floats(tensor: Tensor | undefined): Float32Array {
  if (tensor?.data instanceof Float32Array) return tensor.data;
  throw new Error('the model of speech detection is another one');
}
