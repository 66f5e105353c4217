// How loud audio is.

/** What digital silence counts as. */
const floorDbfs = -100;

/** Root mean square of Int16 samples in dB of full scale: 0 is the loudest, digital silence and no samples are -100. */
export function levelDbfs(pcm: Int16Array): number {
  let sum = 0;
  for (const sample of pcm) sum += sample * sample;
  if (sum === 0) return floorDbfs;
  return Math.max(floorDbfs, 10 * Math.log10(sum / pcm.length / 32_768 ** 2));
}
