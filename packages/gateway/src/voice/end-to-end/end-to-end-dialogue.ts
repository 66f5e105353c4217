// A call in which one model hears and speaks (voice spec, section 9). What follows from what is decided in the
// machines and in the parts beside this file; here they are connected with each other.
import type { Dialogue, DialogueHost } from '../dialogue.ts';
import { frameSamples } from '../media/pcm.ts';
import { phrasesFor } from '../phrases.ts';
import type { ModelEvent, ModelItem, ModelSettings } from '../ports/speech-model.ts';
import { SpeechError } from '../ports/speech-to-text.ts';
import { createSilenceWatch } from '../turn/silence-watch.ts';
import { createToneCollector } from '../turn/tone-collector.ts';
import type { HousePhrases } from '../voice-settings.ts';
import { createAgentLines } from './agent-lines.ts';
import { createCallJournal } from './call-journal.ts';
import { createCallMoments } from './call-moments.ts';
import type { EndToEndParts } from './end-to-end-parts.ts';
import { createFloorKeeper } from './floor-keeper.ts';
import {
  askWhetherThere,
  callInstructions,
  greetTheCaller,
  keysPressed,
  lastWordsLost,
  wasCutOff,
} from './house-prompts.ts';
import { houseToolDefinitions } from './house-tools.ts';
import { createModelLink } from './model-link.ts';
import { pauseLength } from './pause-length.ts';
import { replayedHistory } from './replayed-history.ts';
import { createSessionWatch } from './session-watch.ts';
import { createToolDesk } from './tool-desk.ts';
import { createTurnKeeper } from './turn-keeper.ts';
import { createVerbatimVoice } from './verbatim-voice.ts';

const silentFrame = new Int16Array(frameSamples(24_000));
/** How often what was heard is journaled. */
const tickFrames = 5;
/** Responses that fail one after the other before the call is given up. */
const maxFailures = 2;

/** Makes the dialogue of a call. The connection to the model is opened at once. */
export function createEndToEndDialogue(host: DialogueHost, parts: EndToEndParts): Dialogue {
  const { settings, textToSpeech, clock, timers, log, newId } = parts;
  const closing = new AbortController();
  const moments = createCallMoments(host, clock);
  const watch = createSessionWatch(host);
  const journal = createCallJournal(host, timers);
  let language = host.session.state.language ?? settings.language;
  let hasStarted = false;
  let isSuspended = false;
  let isGreeted = false;
  let hasFailed = false;
  /** The caller said something that nobody understood before the connection was lost. */
  let hasLostWords = false;
  let failures = 0;
  let frames = 0;

  const lines = createAgentLines({
    mouth: host.mouth,
    journal,
    newId,
    soundingChanged: (on) => turns.happen({ type: 'sounding', on }),
  });
  const turns = createTurnKeeper({
    interruptible: settings.interruption.enabled,
    lines,
    session: () => link.session,
    settings: modelSettings,
    newId,
    timers,
    silenced: () => moments.agentSilenced(),
    unanswered: () => link.giveUp(new SpeechError('broken', "the speech model doesn't answer")),
  });
  const greetingIsOver = settings.greeting && !settings.interruption.onGreeting ? turns.shield() : () => {};
  const link = createModelLink({
    ...parts,
    settings: () => ({
      ...modelSettings(),
      instructions: instructions(),
      tools: [...houseToolDefinitions, ...parts.tools],
    }),
    history,
    happened,
    connected: () => turns.happen({ type: 'connected' }),
    failed: giveUp,
  });
  const voice = createVerbatimVoice({ textToSpeech, turns, lines, language: () => language, add, timers, newId, log });
  const desk = createToolDesk({
    ...parts,
    host,
    lines,
    journal,
    turns,
    voice,
    session: () => link.session,
    add,
    signal: closing.signal,
  });
  const floor = createFloorKeeper({ host, watch, turns, voice, add, onHold: () => phrases().onHold });
  const tones = createToneCollector(timers, pressed);
  const silence = createSilenceWatch({
    settings: settings.silence,
    timers,
    lagMs: () => host.mouth.lagMs,
    ask: promptCaller,
    giveUp: () => void desk.hangUp('silence', phrases().goodbyeAfterSilence),
  });

  function modelSettings(): ModelSettings {
    return { language, silenceMs: pauseLength(settings.endpointing), answersByItself: turns.answersByItself };
  }

  function instructions(): string {
    return callInstructions(parts.instructions, language);
  }

  /** Instructions of one response replace those of the session. */
  function instructionsAnd(prompt: string): string {
    return `${instructions()}\n\n${prompt}`;
  }

  function add(item: ModelItem): void {
    link.session?.add(item);
  }

  function phrases(): HousePhrases {
    return language === settings.language ? parts.phrases : phrasesFor(language);
  }

  /** Somebody may have switched the language of the session: the model by its tool, or the integrator. */
  function followLanguage(): void {
    const now = host.session.state.language ?? settings.language;
    if (now === language) return;
    language = now;
    link.session?.configure(modelSettings());
  }

  function history(): ModelItem[] {
    const lines = replayedHistory(watch.history);
    if (hasLostWords) lines.push({ kind: 'note', text: lastWordsLost });
    hasLostWords = false;
    return lines;
  }

  function happened(event: ModelEvent): void {
    switch (event.type) {
      case 'caller-began':
        silence.answered();
        moments.callerBegan(link.appendedMs - event.atMs);
        turns.happen(event);
        break;
      case 'caller-paused':
        moments.callerPaused(link.appendedMs - event.atMs);
        turns.happen(event);
        break;
      case 'caller-said':
        journal.callerSaid(event.itemId);
        host.session.execute({ type: 'call-thinking', callId: host.callId });
        turns.happen(event);
        break;
      case 'transcript':
        moments.transcribed();
        journal.callerWords(event.itemId, event.text);
        break;
      case 'audio':
      case 'words':
        say(event);
        break;
      case 'item-over':
        lines.whole(event.itemId);
        break;
      case 'response-over':
        responseOver(event);
        break;
      case 'wish-refused':
        turns.happen({ ...event, type: 'refused' });
        if (!event.busy) failed();
        break;
      case 'response-began':
      case 'configured':
        turns.happen(event);
        break;
      case 'lost':
        lost();
        break;
    }
  }

  function say(event: Extract<ModelEvent, { type: 'audio' | 'words' }>): void {
    const { responseId, itemId } = event;
    if (!turns.isWanted(responseId)) return;
    lines.begin(itemId, { responseId, journaled: true });
    if (event.type === 'audio') lines.audio(itemId, event.pcm);
    else lines.words(itemId, event.text);
    turns.alive();
  }

  function responseOver({ responseId, outcome, calls }: Extract<ModelEvent, { type: 'response-over' }>): void {
    const isWanted = turns.isWanted(responseId);
    if (isWanted) desk.serve(calls, responseId);
    turns.happen({ type: 'response-over', responseId });
    if (outcome === 'complete') failures = 0;
    if (outcome === 'failed' && isWanted) failed();
  }

  /** Another response may succeed; when it fails, too, the call can't go on. */
  function failed(): void {
    failures += 1;
    if (failures >= maxFailures) giveUp(new SpeechError('broken', "the speech model can't answer"));
    else turns.reply();
  }

  function giveUp(error: Error): void {
    if (hasFailed) return;
    hasFailed = true;
    turns.close();
    host.failed(error);
  }

  function lost(): void {
    const brokeOff = turns.isResponding;
    hasLostWords = !journal.isSettled;
    journal.flush();
    turns.happen({ type: 'lost' });
    if (brokeOff) void turns.say(instructionsAnd(wasCutOff));
  }

  async function greet(): Promise<void> {
    if (settings.greeting) await turns.say(instructionsAnd(greetTheCaller));
    isGreeted = true;
    greetingIsOver();
  }

  function pressed(digits: string): void {
    turns.happen({ type: 'interrupt' });
    host.session.execute({ type: 'call-heard', callId: host.callId, text: digits, input: 'tones' });
    add({ kind: 'user', text: keysPressed(digits) });
    turns.reply();
  }

  function tick(): void {
    lines.tick();
    const isQuiet = isGreeted && turns.isIdle && !desk.isBusy && !tones.isCollecting;
    if (isQuiet && journal.isSettled) link.pause();
    silence.quiet(isQuiet);
  }

  function promptCaller(): void {
    if (textToSpeech) void voice.say(phrases().stillThere, { interruptible: true, journaled: true });
    else void turns.say(instructionsAnd(askWhetherThere));
  }

  return {
    rate: 24_000,
    start() {
      if (hasStarted) return;
      hasStarted = true;
      floor.start();
      void greet();
    },
    hear(frame) {
      if (closing.signal.aborted) return;
      if (!floor.isOnHold) link.append(frame ?? silentFrame);
      frames += 1;
      if (frames % tickFrames === 0 && !isSuspended) tick();
    },
    press(digit) {
      silence.answered();
      if (!tones.isCollecting) turns.happen({ type: 'interrupt' });
      tones.press(digit);
    },
    sessionChanged() {
      if (closing.signal.aborted) return;
      followLanguage();
      floor.look();
    },
    // The model answers by itself: nobody replies in the agent's name.
    replyRelayed() {},
    segmentStarted: () => moments.agentSounds(),
    segmentEnded: (segmentId) => lines.segmentEnded(segmentId),
    async announce(text, { interruptible }) {
      if (!closing.signal.aborted) await voice.say(text, { interruptible, journaled: true });
    },
    suspend() {
      isSuspended = true;
      silence.quiet(false);
    },
    resume() {
      isSuspended = false;
    },
    close() {
      if (closing.signal.aborted) return;
      closing.abort();
      tones.close();
      silence.close();
      link.close();
      lines.cut();
      journal.flush();
      turns.close();
    },
  };
}
