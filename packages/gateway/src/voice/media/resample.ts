// Changes the sampling rate of speech: a polyphase filter of linear phase, for any ratio of whole rates.
import { clipSample } from './pcm.ts';

/** Half the filter's length, in samples of the lower rate: longer is steeper. */
const halfLength = 16;
/** Where the filter begins to fall, as a share of the lower rate's half. */
const passShare = 0.92;
/** Shape of the Kaiser window: about 80 dB between what passes and what doesn't. */
const kaiserBeta = 8;

/** Turns mono PCM of one rate into another, chunk by chunk, without seams. */
export class Resampler {
  /** Steps of output phase per input sample, and per output sample. */
  readonly #up: number;
  readonly #down: number;
  /** Filter coefficients by phase; all phases of one length. */
  readonly #phases: readonly Float64Array[];
  /** Input that the filter still needs. Begins with zeros, so that the output begins with the input. */
  #history: Int16Array;
  /** Place of the next output in `#history`, in steps. */
  #position: number;

  /** Rates in Hz, whole numbers. */
  constructor(fromRate: number, toRate: number) {
    const divisor = greatestCommonDivisor(fromRate, toRate);
    this.#up = toRate / divisor;
    this.#down = fromRate / divisor;
    this.#phases = filterPhases(this.#up, this.#down);
    this.#history = new Int16Array(this.#taps / 2);
    this.#position = this.#history.length * this.#up;
  }

  /** The output that can be made with this input; the last samples of it wait for what comes next. */
  push(pcm: Int16Array): Int16Array {
    if (this.#up === this.#down) return pcm;
    const input = new Int16Array(this.#history.length + pcm.length);
    input.set(this.#history);
    input.set(pcm, this.#history.length);
    return this.#filter(input);
  }

  /** The rest, after the last input. Nothing may be pushed afterwards. */
  flush(): Int16Array {
    return this.push(new Int16Array(this.#taps / 2));
  }

  get #taps(): number {
    return this.#phases[0]?.length ?? 0;
  }

  #filter(input: Int16Array): Int16Array {
    const half = this.#taps / 2;
    // The filter around an output reaches from `half - 1` samples before it to `half` after it.
    const lastPosition = (input.length - half) * this.#up;
    const count = Math.max(0, Math.ceil((lastPosition - this.#position) / this.#down));
    const output = new Int16Array(count);
    for (let index = 0; index < count; index += 1) {
      const at = Math.floor(this.#position / this.#up);
      output[index] = this.#valueAt(input, at - half + 1, this.#position % this.#up);
      this.#position += this.#down;
    }
    const done = Math.max(0, Math.min(input.length, Math.floor(this.#position / this.#up) - half + 1));
    this.#history = input.slice(done);
    this.#position -= done * this.#up;
    return output;
  }

  #valueAt(input: Int16Array, from: number, phase: number): number {
    const coefficients = this.#phases[phase] ?? new Float64Array();
    let sum = 0;
    for (let tap = 0; tap < coefficients.length; tap += 1) sum += (coefficients[tap] ?? 0) * (input[from + tap] ?? 0);
    return clipSample(sum);
  }
}

/** All audio at once. */
export function resample(pcm: Int16Array, fromRate: number, toRate: number): Int16Array {
  const resampler = new Resampler(fromRate, toRate);
  const body = resampler.push(pcm);
  const rest = fromRate === toRate ? new Int16Array() : resampler.flush();
  const output = new Int16Array(body.length + rest.length);
  output.set(body);
  output.set(rest, body.length);
  return output;
}

/** For each place between two input samples the coefficients of a windowed sinc around it, which sum up to 1. */
function filterPhases(up: number, down: number): Float64Array[] {
  const stretch = Math.max(1, down / up);
  const half = Math.ceil(halfLength * stretch);
  const cutoff = passShare / stretch;
  return Array.from({ length: up }, (_, phase) => {
    const coefficients = Float64Array.from({ length: 2 * half }, (_tap, tap) => {
      const distance = tap - half + 1 - phase / up;
      return sinc(cutoff * distance) * kaiser(distance / half);
    });
    const sum = coefficients.reduce((total, value) => total + value, 0);
    return coefficients.map((value) => value / sum);
  });
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** The Kaiser window at `x` between -1 and 1; 0 outside. */
function kaiser(x: number): number {
  return Math.abs(x) >= 1 ? 0 : besselI0(kaiserBeta * Math.sqrt(1 - x * x)) / besselI0(kaiserBeta);
}

/** The modified Bessel function of order 0, by its power series. */
function besselI0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-12; k += 1) {
    term *= (x / 2 / k) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other);
}
