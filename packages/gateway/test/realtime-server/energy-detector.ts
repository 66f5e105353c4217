// Voice activity as the realtime server detects it: by how loud the audio is.

const loud = 1000;
/** Shorter sounds are none. */
const minSpeechMs = 60;

/** Tells when speech begins and ends in what is appended. */
export interface EnergyDetector {
  /** All audio so far, ms. */
  readonly heardMs: number;
  /** `began` and `ended`, where speech has begun or has been over for `silenceMs`. */
  hear(pcm: Int16Array, silenceMs: number): 'began' | 'ended' | undefined;
}

export function createEnergyDetector(): EnergyDetector {
  let heardMs = 0;
  let loudMs = 0;
  let quietMs = 0;
  let isSpeech = false;
  return {
    get heardMs() {
      return heardMs;
    },
    hear(pcm, silenceMs) {
      const ms = pcm.length / 24;
      heardMs += ms;
      const isLoud = Math.sqrt(pcm.reduce((sum, sample) => sum + sample * sample, 0) / pcm.length) > loud;
      loudMs = isLoud ? loudMs + ms : 0;
      quietMs = isLoud ? 0 : quietMs + ms;
      if (!isSpeech && loudMs >= minSpeechMs) {
        isSpeech = true;
        return 'began';
      }
      if (isSpeech && quietMs >= silenceMs) {
        isSpeech = false;
        return 'ended';
      }
      return undefined;
    },
  };
}
