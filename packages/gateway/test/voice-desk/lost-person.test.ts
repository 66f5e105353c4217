// A person at the desk whose network is lost in the middle of a call they have taken: half a minute goes by until that
// is certain, so this stands alone.
import { expect, it } from 'vitest';
import { phrasesFor } from '../../src/voice/index.ts';
import { until } from '../voice/calling-house.ts';
import { HERTZ, HIGH, LOW, deskCallHouse, heardBy } from './taken-call.ts';

const words = phrasesFor('en');

it('a person who has taken a call and drops off is waited for, and may come back with another token', async () => {
  const house = await deskCallHouse();
  const { caller, agent, grace } = house;
  const person = await house.take(grace);
  await heardBy(caller, person, HIGH);
  person.caller.close();
  person.line.drop();
  await until(() => agent.announced.length > 0);
  expect([words.onHoldByPerson, words.personLost]).toContain(agent.announced[0]);
  const again = await house.take(grace);
  expect(await heardBy(caller, again, HIGH)).toBeCloseTo(HIGH, HERTZ);
  expect(await heardBy(again, caller, LOW)).toBeCloseTo(LOW, HERTZ);
}, 60_000);
