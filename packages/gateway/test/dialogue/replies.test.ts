// What the agent says in a call, and what of it stands in the journal.
import { describe, expect, it } from 'vitest';
import { settle } from '../conversation/conversation-house.ts';
import { greetedCall, paperCall } from './call-house.ts';

const ADAS_GREETING =
  "Hello, I'm Ada. I'm a demo, and I can show you what an agent can do. What would you like to try?";

describe('a greeting', () => {
  it('is spoken sentence by sentence and journaled as it is heard', async () => {
    const call = await paperCall();
    expect(call.transcript).toEqual([]);
    expect(call.spoken()).toEqual(["Hello, I'm Ada.", "I'm a demo, and I can show you what an agent can do."]);
    await call.pass(1_000);
    expect(call.transcript).toEqual([`agent: Hello, I'm Ada. `]);
    await call.untilSilent();
    expect(call.transcript).toEqual([`agent: ${ADAS_GREETING}`]);
    expect(call.spoken()).toEqual(['What would you like to try?']);
  });

  it('brings its suggestions and attachments when it is complete', async () => {
    const call = await paperCall();
    await call.untilSilent();
    expect(call.conversation.events.at(-1)?.event).toMatchObject({
      type: 'poly-agent-message-chunk',
      isComplete: true,
      attachments: [{ title: 'What Ada can do' }],
      responseSuggestions: [{ messageText: 'Send me a link' }, {}, {}, {}],
    });
  });

  it('is one message where the session does not stream', async () => {
    const call = await paperCall({ streaming: false });
    await call.pass(1_000);
    expect(call.conversation.lines).not.toContain('3 poly-agent-message');
    await call.untilSilent();
    expect(call.conversation.lines).toEqual(
      ['1 session-start', '2 poly-agent-joined', '3 poly-agent-message'].slice(1),
    );
    expect(call.transcript).toEqual([`agent: ${ADAS_GREETING}`]);
  });

  it('is left out when the agent waits to be spoken to', async () => {
    const call = await paperCall({ settings: { greeting: false } });
    await call.pass(1_000);
    expect(call.spoken()).toEqual([]);
    await call.say('opening hours');
    await call.untilSilent();
    expect(call.transcript).toEqual([
      'user: opening hours',
      'agent: We are open from Monday to Friday, 9 am to 6 pm, and on Saturdays until noon.',
    ]);
  });
});

describe('words that were not understood', () => {
  it('are asked for again, twice at most in a row', async () => {
    const call = await greetedCall();
    const sorry = "agent: I'm sorry, I didn't understand that. Could you say it another way?";
    for (let times = 0; times < 3; times += 1) {
      await call.say('');
      await call.untilSilent();
    }
    expect(call.transcript.slice(1)).toEqual([sorry, sorry]);
    await call.say('opening hours');
    await call.untilSilent();
    await call.say('');
    await call.untilSilent();
    expect(call.transcript.at(-1)).toBe(sorry);
  });
});

describe('a reply', () => {
  it('follows what the caller said, both marked as spoken', async () => {
    const call = await greetedCall();
    await call.say('opening hours');
    await call.untilSilent();
    expect(call.transcript.slice(1)).toEqual([
      'user: opening hours',
      'agent: We are open from Monday to Friday, 9 am to 6 pm, and on Saturdays until noon.',
    ]);
    const said = call.conversation.events.filter(({ sequence }) => sequence !== null && sequence > 3);
    expect(said.every(({ custom }) => custom?.['channel'] === 'voice')).toBe(true);
    expect(call.conversation.session.state.turn).toBeNull();
  });

  it('begins before the agent has finished it, and asks for one sentence ahead', async () => {
    const call = await greetedCall({ agent: 'hand' });
    await call.say('Tell me more.');
    const { turn } = call.house.agent;
    turn.say('This is the first sentence. This is the ');
    await settle();
    expect(call.spoken()).toEqual(['This is the first sentence.']);
    await call.pass(200);
    expect(call.mouth.isSpeaking).toBe(true);
    turn.say('second one. And a third. And a fourth.');
    turn.finish();
    await settle();
    expect(call.spoken()).toEqual(['This is the second one.']);
    await call.untilSilent();
    expect(call.spoken()).toEqual(['And a third.', 'And a fourth.']);
  });

  it('shows that the agent thinks, from the moment it was asked', async () => {
    const call = await greetedCall({ agent: 'hand' });
    await call.say('Well?');
    expect(call.conversation.news()).toEqual(['5 user-message', '~ poly-agent-thinking']);
  });

  it('is said in plain words and journaled as it was written', async () => {
    const call = await greetedCall();
    await call.say('Send me a link');
    await call.untilSilent();
    expect(call.spoken()).toEqual(['Here you are:', 'example.com/welcome']);
    expect(call.transcript.at(-1)).toBe('agent: Here you are: https://example.com/welcome');
  });

  it('may have several messages', async () => {
    const call = await greetedCall({ agent: 'hand' });
    await call.say('Well?');
    call.house.agent.turn.say('One.', { kind: 'message-break' }, 'Two.');
    call.house.agent.turn.finish();
    await call.untilSilent();
    expect(call.transcript.slice(-2)).toEqual(['agent: One.', 'agent: Two.']);
  });

  it('may be empty', async () => {
    const call = await greetedCall({ agent: 'hand' });
    await call.say('Well?');
    call.house.agent.turn.finish();
    await call.pass(100);
    expect(call.conversation.session.state.turn).toBeNull();
    expect(call.spoken()).toEqual([]);
  });

  it('goes on in another language when the agent switches', async () => {
    const call = await greetedCall();
    await call.say('Do you speak French?');
    await call.untilSilent();
    expect(call.voice.asked.at(-1)?.language).toBe('fr-FR');
    expect(call.conversation.session.state.language).toBe('fr-FR');
    expect(call.recogniser.languages).toEqual(['en-US', 'fr-FR']);
    await call.say('Merci');
    await call.untilSilent();
    expect(call.transcript.at(-1)).toBe('agent: Vous avez écrit : Merci');
    expect(call.recogniser.languages).toEqual(['en-US', 'fr-FR']);
  });

  it('goes on in another language although the recogniser has but one, and is understood in that', async () => {
    const call = await greetedCall({ languages: ['en-US'] });
    await call.say('Do you speak French?');
    await call.untilSilent();
    await call.say('Hello again');
    await call.untilSilent();
    expect(call.transcript.at(-1)).toBe('agent: Vous avez écrit : Hello again');
    expect(call.recogniser.languages).toEqual(['en-US']);
  });

  it('is given aloud to what the user types on the linked session', async () => {
    const call = await greetedCall();
    await call.conversation.say('What are your opening hours?');
    await call.untilSilent();
    expect(call.spoken().join(' ')).toMatch(/^We are open/);
    expect(call.transcript.at(-1)).toMatch(/^agent: We are open/);
  });

  it('ends the call after its last word when the agent says so', async () => {
    const call = await greetedCall();
    await call.say('Goodbye!');
    expect(call.asked).toEqual([]);
    await call.untilSilent();
    expect(call.transcript.at(-1)).toBe('agent: Goodbye, it was nice talking to you!');
    expect(call.asked).toEqual(['hang up: agent_hangup']);
    expect(call.conversation.session.state.turn).toBeNull();
  });

  it('is measured from the caller’s last sound on', async () => {
    const call = await greetedCall({ agent: 'hand' });
    await call.say('Well?');
    await call.pass(200);
    call.house.agent.turn.say('Yes.');
    call.house.agent.turn.finish();
    await call.pass(100);
    const measures = Object.fromEntries(call.measured.map(({ what, ms }) => [what, ms]));
    expect(call.measured.map(({ what }) => what)).toEqual(['endpointing', 'transcript', 'first-token', 'first-audio']);
    expect(measures['first-audio']).toBeGreaterThan(measures['endpointing']! + measures['first-token']! - 1);
    expect(measures['endpointing']).toBeGreaterThanOrEqual(600);
  });
});
