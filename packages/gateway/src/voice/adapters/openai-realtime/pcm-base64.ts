// PCM16, little-endian, as base64: how audio travels in JSON.

/** The samples as base64. */
export function base64OfPcm(pcm: Int16Array): string {
  return Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength).toString('base64');
}

/** The samples of base64; half a sample at the end is dropped, what isn't base64 is passed over. */
export function pcmOfBase64(text: string): Int16Array {
  const bytes = Buffer.from(text, 'base64');
  const pcm = new Int16Array(bytes.byteLength >> 1);
  Buffer.from(pcm.buffer).set(bytes.subarray(0, pcm.byteLength));
  return pcm;
}
