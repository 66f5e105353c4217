// The mode "traditional": a detector of speech, a recogniser, the same agent as in chat, and a voice. This connects
// them; who may speak when is decided in `turn/`.
import type { Clock, Log, NewId, Timers } from '../../kit/index.ts';
import type { ReplyNews } from '../../messaging/index.ts';
import type { Dialogue, DialogueHost } from '../dialogue.ts';
import { phrasesFor } from '../phrases.ts';
import type { SpeechDetectors } from '../ports/speech-detector.ts';
import type { SpeechToText } from '../ports/speech-to-text.ts';
import type { TextToSpeech } from '../ports/text-to-speech.ts';
import { sentencesIn } from '../speech/sentences.ts';
import { createSpeaker } from '../speech/speaker.ts';
import type { Manner } from '../speech/speaker.ts';
import { createSpokenMessage } from '../speech/spoken-message.ts';
import { createSilenceWatch } from '../turn/silence-watch.ts';
import { createToneCollector } from '../turn/tone-collector.ts';
import { silentTurn, stepTurn } from '../turn/turn.machine.ts';
import type { TurnAction, TurnInput } from '../turn/turn.machine.ts';
import { asError, unbrokenDialogue, unbrokenTimers } from '../unbroken-dialogue.ts';
import type { DialogueSettings, HousePhrases } from '../voice-settings.ts';
import { createFloorWatch } from './floor-watch.ts';
import { createListening } from './listening.ts';
import { createReply } from './reply.ts';
import type { Reply } from './reply.ts';
import { createTurnTimes } from './turn-times.ts';

/** What the mode is made of. */
export interface TraditionalParts {
  settings: DialogueSettings;
  /** What the house says, in the language of the settings. */
  phrases: HousePhrases;
  detectors: SpeechDetectors;
  /** Undefined: callers have nothing but their keys. */
  speechToText: SpeechToText | undefined;
  textToSpeech: TextToSpeech;
  clock: Clock;
  timers: Timers;
  log: Log;
  newId: NewId;
}

/** So often in a row the agent says that it didn't understand; then it waits, lest it answer a television. */
const MAX_UNCLEAR = 2;
/** 20 ms in which nothing came: silence. */
const silence = new Int16Array(320);

/** Opens the dialogue of one call. It says nothing before it is started. */
export function createTraditionalDialogue(host: DialogueHost, parts: TraditionalParts): Dialogue {
  const { settings, clock } = parts;
  const timers = unbrokenTimers(parts.timers, fail);
  const times = createTurnTimes(host, clock);
  let turn = silentTurn;
  let reply: Reply | null = null;
  let state: 'waiting' | 'started' | 'suspended' | 'closed' = 'waiting';
  /** Goodbye is being said. */
  let isLeaving = false;
  let hasFailed = false;
  let unclearInARow = 0;

  const speaker = createSpeaker({
    ...parts,
    timers,
    mouth: host.mouth,
    began(manner) {
      if (manner === reply?.manner) times.firstSound();
    },
    changed: refresh,
    failed(error) {
      // Nothing more is said but what the call announces.
      isLeaving = true;
      reply?.breakMessage();
      reply = null;
      fail(error);
    },
  });
  const watch = createSilenceWatch({
    settings: settings.silence,
    timers,
    lagMs: () => host.mouth.lagMs,
    ask: () => say(phrases().stillThere, 'ends'),
    giveUp() {
      isLeaving = true;
      say(phrases().goodbyeAfterSilence, 'never', () => host.hangUp('silence'));
    },
  });
  const tones = createToneCollector(timers, (keys) => {
    hearWords(keys, 'tones');
    refresh();
  });
  const floor = createFloorWatch({
    session: () => host.session,
    waiting,
    cameToNothing() {
      host.session.execute({ type: 'call-agent-back', callId: host.callId });
      say(phrases().nobodyAvailable, 'ends');
    },
    humanSaid: (text) => sayForHuman(text),
  });
  const listening = createListening(language(), {
    ...parts,
    phrases: settings.phrases,
    timers,
    partial: (text) => step({ kind: 'partial', text }),
    judged: (probability, atMs) => step({ kind: 'window', probability, atMs }),
    failed: fail,
  });
  let owesNoticeOfTones = listening === undefined;

  function step(input: TurnInput): void {
    if (state === 'closed') return;
    const next = stepTurn(turn, input, settings);
    turn = next.state;
    for (const action of next.actions) carryOut(action);
    if (next.actions.length > 0) refresh();
  }

  function carryOut(action: TurnAction): void {
    switch (action.do) {
      case 'listen':
        listening?.listen();
        break;
      case 'hold':
        if (speaker.sounding && speaker.sounding.interruption !== 'never') {
          host.measured('barge-in', clock.nowMs() - action.speechStartedMs);
        }
        speaker.hold();
        break;
      case 'endpoint':
        times.finished(action.voiceEndedMs);
        listening?.finish().then(understand).catch(fail);
        break;
      case 'discard':
        listening?.discard();
        break;
      case 'yield':
        interrupt();
        break;
      case 'heard':
        hearWords(action.text, 'speech');
        break;
      case 'unclear':
        if (isQuiet() && ++unclearInARow <= MAX_UNCLEAR) say(phrases().notUnderstood, 'ends');
        break;
      case 'resume':
        speaker.resume();
        break;
    }
  }

  function understand(text: string): void {
    times.understood();
    step({ kind: 'transcript', text });
  }

  /** What the agent was saying, or about to say, is over. */
  function interrupt(): void {
    const current = replyToTurn();
    speaker.drop();
    current?.interrupted();
  }

  function hearWords(text: string, input: 'speech' | 'tones'): void {
    if (isLeaving) return;
    unclearInARow = 0;
    watch.answered();
    host.session.execute({ type: 'call-heard', callId: host.callId, text, input });
  }

  /** The reply to the open turn; null when none is open. The last one has no successor. */
  function replyToTurn(): Reply | null {
    const open = host.session.state.turn;
    if (isLeaving || open?.id === reply?.turnId) return reply;
    if (!open) return (reply = null);
    const { enabled, onGreeting } = settings.interruption;
    reply = createReply({
      host,
      speaker,
      turnId: open.id,
      language: language(),
      isInterruptible: enabled && (open.kind !== 'start' || onGreeting),
      apology: (spoken) => phrases(spoken).apology,
      firstWord: () => times.firstWord(),
      leaving: () => (isLeaving = true),
      // Before anybody else looks: the desk may refuse at once.
      handedOver: () => floor.look(),
    });
    if (open.kind !== 'start') {
      watch.answered();
      host.session.execute({ type: 'call-thinking', callId: host.callId });
    }
    return reply;
  }

  function language(): string {
    return host.session.state.language ?? settings.language;
  }

  function phrases(spoken: string = language()): HousePhrases {
    return spoken === settings.language ? parts.phrases : phrasesFor(spoken);
  }

  /** Says something that is no reply; `then` is called when it was heard, or won't be. */
  function say(text: string, interruption: Manner['interruption'], then: () => void = () => {}): void {
    const manner: Manner = { interruption };
    reply?.breakMessage();
    const message = createSpokenMessage(host, speaker, manner);
    message.write(text, language());
    message.end();
    speaker.afterwards({ manner, reached: then, dropped: then });
  }

  function waiting(): void {
    const words = host.insteadOfWaiting();
    if (words === null) {
      say(phrases().onHold, 'ends');
      return;
    }
    isLeaving = true;
    say(words, 'never', () => host.hangUp('handoff'));
  }

  /** A human's words are in the journal already. */
  function sayForHuman(text: string): void {
    for (const sentence of sentencesIn(text)) {
      speaker.say({ sentence, language: language(), manner: { interruption: 'pauses' }, heard() {} });
    }
  }

  /** Looks what has changed by whatever happened. */
  function refresh(): void {
    if (state === 'closed') return;
    const isAudible = speaker.sounding !== null;
    if (isAudible !== turn.agentIsAudible) step({ kind: 'agent-audible', audible: isAudible });
    if (owesNoticeOfTones && isQuiet()) {
      owesNoticeOfTones = false;
      say(phrases().onlyTones, 'ends');
    }
    watch.quiet(isQuiet());
  }

  /** It is the caller's turn, and he says nothing. */
  function isQuiet(): boolean {
    const { turn: open, floor: held, ended } = host.session.state;
    const isCallersTurn = open === null && !ended && held.holder !== 'queue' && held.holder !== 'human';
    const saysNothing = turn.utterance === null && turn.awaited.length === 0 && !tones.isCollecting;
    return state === 'started' && isCallersTurn && saysNothing && speaker.isIdle && !isLeaving;
  }

  function fail(thrown: unknown): void {
    if (hasFailed || state === 'closed') return;
    hasFailed = true;
    host.failed(asError(thrown));
  }

  const dialogue: Dialogue = {
    rate: 16_000,
    start() {
      if (state !== 'waiting') return;
      state = 'started';
      floor.look();
      speaker.open();
      refresh();
    },
    hear(frame) {
      if (!listening || state !== 'started') return;
      listening.hear(frame ?? silence, clock.nowMs());
    },
    press(digit) {
      if (isLeaving || state !== 'started') return;
      if (!tones.isCollecting) interrupt();
      tones.press(digit);
      refresh();
    },
    sessionChanged() {
      if (state === 'closed') return;
      listening?.expect(language());
      replyToTurn();
      floor.look();
      refresh();
    },
    replyRelayed(news: ReplyNews) {
      const current = replyToTurn();
      if (state === 'closed' || current?.turnId !== news.turnId) return;
      current.take(news);
      refresh();
    },
    segmentStarted: (segmentId) => speaker.segmentStarted(segmentId),
    segmentEnded: (segmentId) => speaker.segmentEnded(segmentId),
    announce(text, { interruptible }) {
      return new Promise((resolve) => say(text, interruptible ? 'ends' : 'never', resolve));
    },
    suspend() {
      if (state !== 'started') return;
      step({ kind: 'cut-off' });
      state = 'suspended';
      refresh();
    },
    resume() {
      if (state === 'suspended') state = 'started';
      refresh();
    },
    close() {
      if (state === 'closed') return;
      state = 'closed';
      speaker.close();
      watch.close();
      tones.close();
      listening?.close();
    },
  };
  return unbrokenDialogue(dialogue, fail);
}
