// Samples out of a stream of bytes that is cut anywhere.

/** Reads signed 16-bit little-endian samples; a byte that is half of one waits for the next chunk. */
export async function* pcmOfBytes(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Int16Array> {
  let carried = new Uint8Array();
  for await (const chunk of chunks) {
    const bytes = carried.length === 0 ? chunk : Buffer.concat([carried, chunk]);
    const count = Math.floor(bytes.length / 2);
    carried = bytes.slice(count * 2);
    if (count === 0) continue;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    yield Int16Array.from({ length: count }, (_, index) => view.getInt16(index * 2, true));
  }
}

/** The bytes of samples, as every service takes them: signed 16-bit, little-endian. */
export function bytesOfPcm(pcm: Int16Array): Uint8Array {
  const bytes = Buffer.alloc(pcm.length * 2);
  for (const [index, sample] of pcm.entries()) bytes.writeInt16LE(sample, index * 2);
  return bytes;
}
