// Short, quiet sounds, made here: nothing is loaded, and no file has to be allowed.
import type { News } from './model/news.ts';

/** What makes sounds. */
export interface Sounds {
  /** Does nothing where the browser doesn't allow sounds yet. */
  play(kind: News['kind']): void;
}

/** Notes of a sound in Hz, one after the other. */
const tunes: Readonly<Record<News['kind'], readonly number[]>> = {
  waiting: [587, 880],
  given: [587, 880],
  message: [740],
  note: [740],
  over: [494, 370],
};
const NOTE_S = 0.14;
const LOUDNESS = 0.08;

/** Sounds of a page; the browser's audio is opened with the first. */
export function createSounds(): Sounds {
  let audio: AudioContext | undefined;
  return {
    play(kind) {
      audio ??= new AudioContext();
      const context = audio;
      if (context.state === 'suspended') context.resume().catch(() => {});
      for (const [index, frequencyHz] of tunes[kind].entries()) {
        playNote(context, { frequencyHz, at: context.currentTime + index * NOTE_S });
      }
    },
  };
}

function playNote(context: AudioContext, { frequencyHz, at }: { frequencyHz: number; at: number }): void {
  const tone = new OscillatorNode(context, { type: 'sine', frequency: frequencyHz });
  const volume = new GainNode(context, { gain: 0 });
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.015);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + NOTE_S * 2);
  tone.connect(volume).connect(context.destination);
  tone.start(at);
  tone.stop(at + NOTE_S * 2);
}
