// A process of callers who call one after the other: offer, answer, connection, end. Arguments: port. Told a number, it
// makes so many calls and says how long their answers took.
import { placeCall } from './placed-call.ts';

const [port = 0] = process.argv.slice(2).map(Number);

process.on('message', (count: number) => void callAgainAndAgain(count));

async function callAgainAndAgain(count: number): Promise<void> {
  const offerToAnswerMs: number[] = [];
  while (offerToAnswerMs.length < count) {
    const call = await placeCall(port);
    offerToAnswerMs.push(call.offerToAnswerMs);
    await call.hangUp();
  }
  process.send?.(offerToAnswerMs);
}
