// How loud a stream is, many times a second.

/** Quieter than this counts as silence, and louder as full: decibels below full scale. */
const SILENCE_DB = -60;
const FULL_DB = -12;
/** How much of the level of the last picture is left in this one: rises at once, falls softly. */
const LINGERS = 0.85;

/** Tells the level of a stream, 0 to 1, with every picture that is drawn, until the returned function is called. */
export function watchLevel(stream: MediaStream, onLevel: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 1024 });
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let shown = 0;
  let frame = requestAnimationFrame(look);
  return () => {
    cancelAnimationFrame(frame);
    void context.close();
  };

  function look(): void {
    analyser.getFloatTimeDomainData(samples);
    shown = Math.max(levelOf(samples), shown * LINGERS);
    onLevel(shown);
    frame = requestAnimationFrame(look);
  }
}

/** The level of some samples of full scale 1: 0 is silence, 1 as loud as speech gets. */
export function levelOf(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  const decibels = 10 * Math.log10(power);
  return Math.min(1, Math.max(0, (decibels - SILENCE_DB) / (FULL_DB - SILENCE_DB)));
}
