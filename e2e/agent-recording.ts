// What a page plays of a call, as samples.
import type { Page } from 'playwright-core';

declare global {
  interface Window {
    /** Base64 of little-endian 16-bit samples at 16 kHz, so far. */
    recordedSpeech: () => string;
  }
}

/** Records what the page plays from now on. */
export async function recordSpeech(page: Page): Promise<void> {
  await page.evaluate(recordInPage);
}

/** What was recorded so far: mono, 16 kHz. */
export async function recordedSpeech(page: Page): Promise<Int16Array> {
  const bytes = Buffer.from(await page.evaluate(() => window.recordedSpeech()), 'base64');
  return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

// Runs in the page: nothing from outside is known in here.
function recordInPage(): void {
  const { srcObject } = document.querySelector('audio') as HTMLAudioElement;
  const context = new AudioContext({ sampleRate: 16_000 });
  // A worklet would have to be a file of the page's origin, and the page has none.
  const tap = context.createScriptProcessor(4096, 1, 1);
  const samples: number[] = [];
  tap.addEventListener('audioprocess', ({ inputBuffer }) => {
    for (const sample of inputBuffer.getChannelData(0)) samples.push(Math.max(-1, Math.min(1, sample)) * 32_767);
  });
  context.createMediaStreamSource(srcObject as MediaStream).connect(tap);
  tap.connect(context.destination);
  window.recordedSpeech = () => {
    const bytes = new Uint8Array(Int16Array.from(samples).buffer);
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  };
}
