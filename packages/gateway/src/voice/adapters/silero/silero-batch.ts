// Several calls' questions to the model as one. They lie in memory that the process and the thread of the model share:
// the process writes a batch and says so, the thread answers in its place and says so. There is one batch at a time.

/** What the model reads of a call, and where it leaves its memory. */
export interface SileroEar {
  /** 576 samples: the end of the former window, then the window. */
  readonly input: Float32Array;
  /** The model's own memory: two layers of 128. */
  readonly state: Float32Array;
}

/** The shared memory; views of it, in each thread its own. */
export interface SileroBatch {
  /** [calls, 576] */
  inputs: Float32Array<SharedArrayBuffer>;
  /** [2, calls, 128]: those before, then those after the windows. */
  states: Float32Array<SharedArrayBuffer>;
  /** [calls] */
  probabilities: Float32Array<SharedArrayBuffer>;
}

/** What the thread says first. */
export const readyWord = 'ready';
/** What it says of a batch: it has answered, or it couldn't. */
export type SileroReply = 'judged' | { failure: string };

/** How many windows one inference may judge: nobody's answer comes much later than if he had asked alone. */
export const largestBatch = 32;
/** Samples of the former window that the model sees again in front of a window. */
export const contextSamples = 64;

const inputSamples = contextSamples + 512;
const layers = 2;
const layerSize = 128;

/** The memory of a call that begins. */
export function newEar(): SileroEar {
  return { input: new Float32Array(inputSamples), state: new Float32Array(layers * layerSize) };
}

/** Memory for the largest batch. */
export function newBatch(): SileroBatch {
  return {
    inputs: sharedFloats(largestBatch * inputSamples),
    states: sharedFloats(largestBatch * layers * layerSize),
    probabilities: sharedFloats(largestBatch),
  };
}

/** What the model is given of a batch of `calls`, with its shapes. */
export function modelInputs(batch: SileroBatch, calls: number): Record<'input' | 'state', [Float32Array, number[]]> {
  return {
    input: [batch.inputs.slice(0, calls * inputSamples), [calls, inputSamples]],
    state: [batch.states.slice(0, calls * layers * layerSize), [layers, calls, layerSize]],
  };
}

/** Writes one question about all of them. */
export function writeEars({ inputs, states }: SileroBatch, ears: readonly SileroEar[]): void {
  for (const [row, { input, state }] of ears.entries()) {
    inputs.set(input, row * inputSamples);
    for (let layer = 0; layer < layers; layer += 1)
      states.set(state.subarray(layer * layerSize, (layer + 1) * layerSize), placeOf(row, layer, ears.length));
  }
}

/** Gives each ear the memory that the model left. */
export function readStates({ states }: SileroBatch, ears: readonly SileroEar[]): void {
  for (const [row, { state }] of ears.entries())
    for (let layer = 0; layer < layers; layer += 1) {
      const place = placeOf(row, layer, ears.length);
      state.set(states.subarray(place, place + layerSize), layer * layerSize);
    }
}

/** The model keeps the first layers of all calls together, then the second ones. */
function placeOf(row: number, layer: number, calls: number): number {
  return (layer * calls + row) * layerSize;
}

function sharedFloats(count: number): Float32Array<SharedArrayBuffer> {
  return new Float32Array(new SharedArrayBuffer(count * Float32Array.BYTES_PER_ELEMENT));
}
