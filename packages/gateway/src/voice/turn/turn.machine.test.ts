import { describe, expect, it } from 'vitest';
import { silentTurn, stepTurn, WINDOW_MS } from './turn.machine.ts';
import type { TurnAction, TurnInput, TurnSettings, TurnState } from './turn.machine.ts';

const settings: TurnSettings = {
  interruption: { minSpeechMs: 200 },
  endpointing: { minSilenceMs: 300, maxSilenceMs: 1_000 },
  phrases: ['talk to a human'],
};

/** A caller on paper: time goes by window by window, and what follows is noted with its moment. */
class PaperCaller {
  state: TurnState = silentTurn;
  atMs: number = 0;
  readonly noted: { atMs: number; action: TurnAction }[] = [];
  readonly #settings: TurnSettings;

  constructor(different: Partial<TurnSettings> = {}) {
    this.#settings = { ...settings, ...different };
  }

  voice(ms: number, probability: number = 0.9): this {
    return this.#windows(ms, probability);
  }

  quiet(ms: number): this {
    return this.#windows(ms, 0.05);
  }

  partial(text: string): this {
    return this.#take({ kind: 'partial', text });
  }

  transcript(text: string): this {
    return this.#take({ kind: 'transcript', text });
  }

  agent(what: 'speaks' | 'is silent'): this {
    return this.#take({ kind: 'agent-audible', audible: what === 'speaks' });
  }

  cutOff(): this {
    return this.#take({ kind: 'cut-off' });
  }

  /** What was to be done since this was read before. */
  news(): string[] {
    return this.noted.splice(0).map(({ action }) => (action.do === 'heard' ? `heard: ${action.text}` : action.do));
  }

  /** When this was to be done first. */
  momentOf(what: TurnAction['do']): number | undefined {
    return this.noted.find(({ action }) => action.do === what)?.atMs;
  }

  #windows(ms: number, probability: number): this {
    for (const untilMs = this.atMs + ms; this.atMs + WINDOW_MS <= untilMs;) {
      this.atMs += WINDOW_MS;
      this.#take({ kind: 'window', probability, atMs: this.atMs });
    }
    return this;
  }

  #take(input: TurnInput): this {
    const { state, actions } = stepTurn(this.state, input, this.#settings);
    this.state = state;
    this.noted.push(...actions.map((action) => ({ atMs: this.atMs, action })));
    return this;
  }
}

const caller = (different?: Partial<TurnSettings>): PaperCaller => new PaperCaller(different);

/** A caller whose recogniser tells what it understood before the end. */
function callerWithPartials(): PaperCaller {
  const known = caller().voice(320).partial('hello.').quiet(640).transcript('Hello.');
  known.news();
  return known;
}

describe('an utterance', () => {
  it('is heard from its beginning, ends with a pause, and is taken when its words are known', () => {
    const speaking = caller().quiet(320).voice(640);
    expect(speaking.news()).toEqual(['listen', 'hold']);
    expect(speaking.quiet(1_024).news()).toEqual(['endpoint']);
    expect(speaking.transcript('My order is late.').news()).toEqual(['yield', 'heard: My order is late.', 'resume']);
    expect(speaking.state).toMatchObject({ utterance: null, awaited: [], heldSinceMs: null });
  });

  it('begins at a probability of 0.35 and goes on until it falls below 0.2', () => {
    expect(caller().voice(640, 0.34).news()).toEqual([]);
    const wavering = caller().voice(320, 0.35).voice(2_048, 0.2);
    expect(wavering.news()).toEqual(['listen', 'hold']);
    expect(wavering.voice(1_024, 0.19).news()).toEqual(['endpoint']);
  });

  it('is none when it is as short as a click', () => {
    expect(caller().voice(64).quiet(640).news()).toEqual(['listen', 'discard']);
  });

  it('is nothing when no words were understood', () => {
    const coughing = caller().voice(160).quiet(1_024);
    expect(coughing.news()).toEqual(['listen', 'endpoint']);
    expect(coughing.transcript('').news()).toEqual([]);
  });

  it('is unclear when it was long enough to be meant, and the agent was silent', () => {
    expect(caller().voice(640).quiet(1_024).transcript('').news()).toEqual([
      'listen',
      'hold',
      'endpoint',
      'resume',
      'unclear',
    ]);
    const overAgent = caller().agent('speaks').voice(640).quiet(1_024).transcript('');
    expect(overAgent.news()).not.toContain('unclear');
  });

  it('ends after a minute although there is no pause', () => {
    const television = caller().voice(61_000);
    expect(television.momentOf('endpoint')).toBe(60_000);
  });

  it('ends at once when no more audio comes', () => {
    expect(caller().voice(320).cutOff().news()).toEqual(['listen', 'hold', 'endpoint']);
    expect(caller().voice(64).cutOff().news()).toEqual(['listen', 'discard']);
    expect(caller().cutOff().news()).toEqual([]);
  });

  it('keeps its turn when the next one ends before its words are known', () => {
    const hasty = caller().voice(320).quiet(1_024).voice(320);
    hasty.news();
    expect(hasty.transcript('First.').news()).toEqual(['yield', 'heard: First.']);
    expect(hasty.quiet(1_024).transcript('Second.').news()).toEqual(['endpoint', 'yield', 'heard: Second.', 'resume']);
  });
});

describe('the pause that ends an utterance', () => {
  it.each([
    ['a finished sentence', 'I want to go home.', 320],
    ['a phrase the agent knows', 'talk to a human', 320],
    ['neither', 'I want to go home', 672],
    ['a word that asks for more', 'I want to go home and', 1_024],
    ['nothing understood yet', '', 1_024],
  ])('after %s', (_what, partial, expectedMs) => {
    const speaking = callerWithPartials().voice(640).partial(partial);
    const stoppedMs = speaking.atMs;
    speaking.quiet(1_600);
    expect(speaking.momentOf('endpoint')! - stoppedMs).toBe(expectedMs);
  });
});

describe('a caller who speaks over the agent', () => {
  it('VOX-092 stops it after the shortest speech that counts', () => {
    const interrupting = caller().agent('speaks').quiet(320);
    const startedMs = interrupting.atMs;
    interrupting.voice(640);
    expect(interrupting.momentOf('hold')! - startedMs).toBe(224);
    expect(interrupting.news()).toEqual(['listen', 'hold']);
  });

  it('stops it with a word, however short', () => {
    expect(caller().agent('speaks').voice(128).partial('Stop').news()).toEqual(['listen', 'hold', 'yield']);
  });

  it('does not stop it with a cough', () => {
    const coughing = caller().agent('speaks').voice(160).quiet(1_024).transcript('');
    expect(coughing.news()).toEqual(['listen', 'endpoint']);
  });

  describe('where it takes less voice to stop it than a cough has', () => {
    const quick = { interruption: { minSpeechMs: 90 } };

    it('VOX-092 stops it within three windows of the detector', () => {
      const interrupting = caller(quick).agent('speaks').quiet(320);
      const startedMs = interrupting.atMs;
      interrupting.voice(640);
      expect(interrupting.momentOf('hold')! - startedMs).toBe(96);
      expect(interrupting.quiet(64).news()).toEqual(['listen', 'hold']);
    });

    it('lets it go on a moment after a cough', () => {
      const coughing = caller(quick).agent('speaks').voice(160);
      const endedMs = coughing.atMs;
      coughing.quiet(192);
      expect(coughing.momentOf('resume')! - endedMs).toBe(96);
      expect(coughing.news()).toEqual(['listen', 'hold', 'resume']);
      expect(coughing.quiet(1_024).transcript('').news()).toEqual(['endpoint']);
    });

    it('stops it again when the cough becomes a sentence', () => {
      const speaking = caller(quick).agent('speaks').voice(128).quiet(128).voice(32);
      expect(speaking.news()).toEqual(['listen', 'hold', 'resume']);
      expect(speaking.voice(64).news()).toEqual(['hold']);
    });

    it('keeps it silent after a short word that was understood', () => {
      const speaking = caller(quick).agent('speaks').voice(128).partial('No').quiet(1_024).transcript('No.');
      expect(speaking.news()).toEqual(['listen', 'hold', 'yield', 'endpoint', 'yield', 'heard: No.', 'resume']);
    });

    it('takes a short word that is understood late', () => {
      const speaking = caller(quick).agent('speaks').voice(128).quiet(1_024).transcript('No.');
      expect(speaking.news()).toEqual(['listen', 'hold', 'resume', 'endpoint', 'yield', 'heard: No.']);
    });
  });

  it.each(['mm-hm', 'Mhm.', 'uh-huh', 'Um…'])('does not stop it with "%s", nor asks anything', (sound) => {
    const agreeing = caller().agent('speaks').voice(160).partial(sound).quiet(1_024).transcript(sound);
    expect(agreeing.news()).toEqual(['listen', 'endpoint']);
  });

  it('lets it go on after a long "mm-hm"', () => {
    const agreeing = caller().agent('speaks').voice(416).quiet(1_024).transcript('Mm-hm.');
    expect(agreeing.news()).toEqual(['listen', 'hold', 'endpoint', 'resume']);
  });

  it('is taken at his word when the agent is silent, even for an "mm-hm"', () => {
    const agreeing = caller().voice(416).quiet(1_024).transcript('Mm-hm.');
    expect(agreeing.news()).toEqual(['listen', 'hold', 'endpoint', 'yield', 'heard: Mm-hm.', 'resume']);
  });

  it('lets it go on 1.2 s after a noise in which nothing was understood', () => {
    const noise = caller().agent('speaks').voice(320);
    const endedMs = noise.atMs;
    noise.quiet(1_600);
    expect(noise.momentOf('resume')! - endedMs).toBe(1_216);
  });

  it('keeps it silent until the words of a whole sentence are known, however slow the recogniser', () => {
    const speaking = caller().agent('speaks').voice(1_600).quiet(4_000);
    expect(speaking.news()).toEqual(['listen', 'hold', 'endpoint']);
    expect(speaking.transcript('When are you open?').news()).toEqual(['yield', 'heard: When are you open?', 'resume']);
  });

  it('is not stopped a second time by the same noise, once the recogniser has shown that it tells words early', () => {
    const noise = callerWithPartials().agent('speaks').voice(4_096);
    expect(noise.news()).toEqual(['listen', 'hold', 'resume']);
    expect(noise.partial('Hello?').news()).toEqual(['hold', 'yield']);
  });

  it('interrupts with words that come late', () => {
    const late = caller().agent('speaks').voice(320).quiet(1_600);
    late.news();
    expect(late.transcript('Wait.').news()).toEqual(['yield', 'heard: Wait.']);
  });

  it('has said what the agent fell silent for, should the recogniser take it back', () => {
    const speaking = caller().agent('speaks').voice(320).partial('Wait').quiet(1_024).transcript('');
    expect(speaking.news()).toEqual(['listen', 'hold', 'yield', 'endpoint', 'yield', 'heard: Wait', 'resume']);
  });

  it('keeps the agent silent for as long as he speaks', () => {
    const story = caller().agent('speaks').voice(8_000);
    expect(story.news()).toEqual(['listen', 'hold']);
  });
});
