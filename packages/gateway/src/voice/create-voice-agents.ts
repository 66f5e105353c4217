// Makes agents callable: their dialogues in both modes, with the speech services that their configuration names.
import type { Clock, Log, NewId, Timers } from '../kit/index.ts';
import type { HandoffRequest, SessionHandle } from '../messaging/index.ts';
import { createSpeechModel } from './create-speech-model.ts';
import type { SpeechModelOptions } from './create-speech-model.ts';
import { createSpeechDetectors, createSpeechToText, createTextToSpeech } from './create-speech.ts';
import { toolsInTime } from './end-to-end/agent-tools.ts';
import type { AgentTool } from './end-to-end/agent-tools.ts';
import { createEndToEndDialogue } from './end-to-end/end-to-end-dialogue.ts';
import { phrasesFor } from './phrases.ts';
import type { SpeechDetectors } from './ports/speech-detector.ts';
import type { SpeechToText } from './ports/speech-to-text.ts';
import type { TextToSpeech } from './ports/text-to-speech.ts';
import type { SpeechToTextOptions, TextToSpeechOptions } from './speech-options.ts';
import { rehearse } from './speech/rehearse.ts';
import { createTraditionalDialogue } from './traditional/traditional-dialogue.ts';
import type { DialogueMode, VoiceAgent, VoiceAgents } from './voice-agent.ts';
import type { DialogueSettings } from './voice-settings.ts';

/** An agent as it can be called. */
export interface CallableAgent {
  settings: DialogueSettings;
  /** What a speech-to-speech model is told. */
  instructions: string;
  /** An agent has one of the modes at least. */
  traditional?: TraditionalOptions | undefined;
  endToEnd?: SpeechModelOptions | undefined;
  /** Where hand-offs go when a speech-to-speech model doesn't say. */
  handoff: Pick<HandoffRequest, 'kind' | 'queue' | 'route'>;
  /** What a speech-to-speech model may use in a session with these facts. */
  tools(facts: SessionHandle['context']): Promise<readonly AgentTool[]>;
}

/** The speech services of traditional mode. */
export interface TraditionalOptions {
  stt: SpeechToTextOptions;
  tts: TextToSpeechOptions;
}

/** Says what must be said where an agent has no voice but that of its model. */
const spareVoice: TextToSpeechOptions = { provider: 'local' };

/** The agents of the configuration. */
export interface CallableAgents {
  /** Undefined when there is no such agent. */
  of(agent: WantedAgent): CallableAgent | undefined;
}

/** Which agent a call asks for. */
export interface WantedAgent {
  agentId: string;
  variantId?: string;
  build?: string;
}

/** What agents are made callable with. */
export interface VoiceAgentParts {
  strictModes: boolean;
  clock: Clock;
  timers: Timers;
  newId: NewId;
  log: Log;
}

/** Makes agents callable. Speech services are made when the first call needs them, and shared by all that follow. */
export function createVoiceAgents(agents: CallableAgents, parts: VoiceAgentParts): VoiceAgents {
  const recognisers = new Map<string, SpeechToText | undefined>();
  const voices = new Map<string, TextToSpeech>();
  let detectors: Promise<SpeechDetectors> | undefined;

  function recogniserOf(options: SpeechToTextOptions): SpeechToText | undefined {
    const key = JSON.stringify(options);
    if (!recognisers.has(key)) recognisers.set(key, createSpeechToText(options, parts));
    return recognisers.get(key);
  }

  function voiceOf(options: TextToSpeechOptions): TextToSpeech {
    const key = JSON.stringify(options);
    const voice = voices.get(key) ?? createTextToSpeech(options, parts);
    voices.set(key, voice);
    return voice;
  }

  function traditional(agent: CallableAgent, { stt, tts }: TraditionalOptions): VoiceAgent {
    const { settings } = agent;
    const phrases = phrasesFor(settings.language);
    return {
      mode: 'traditional',
      settings,
      phrases,
      async open(host) {
        const speech = { speechToText: recogniserOf(stt), textToSpeech: voiceOf(tts), detectors: await detect() };
        // Before the call takes its place in a conversation, which would end with it.
        await speech.textToSpeech.ready?.();
        // For the moment when there is no voice to say it.
        void rehearse(speech.textToSpeech, phrases.apology, { language: settings.language, timers: parts.timers });
        return createTraditionalDialogue(host, { ...parts, ...speech, settings, phrases });
      },
    };
  }

  function endToEnd(agent: CallableAgent, options: SpeechModelOptions): VoiceAgent {
    const { settings, instructions } = agent;
    const phrases = phrasesFor(settings.language);
    return {
      mode: 'end-to-end',
      settings,
      phrases,
      open: async (host) =>
        createEndToEndDialogue(host, {
          ...parts,
          settings,
          phrases,
          instructions,
          model: createSpeechModel(options, parts),
          textToSpeech: voiceOf(agent.traditional?.tts ?? spareVoice),
          tools: await toolsInTime(agent.tools(host.session.context), parts),
          handoff: agent.handoff,
        }),
    };
  }

  function detect(): Promise<SpeechDetectors> {
    detectors ??= createSpeechDetectors(parts);
    return detectors;
  }

  return {
    // Who fails here is asked again when the call needs it, and answers for it then.
    prepare: () =>
      detect().then(
        () => {},
        () => {},
      ),
    choose(wanted, mode: DialogueMode) {
      const agent = agents.of(wanted);
      if (!agent) return undefined;
      const modes = {
        traditional: agent.traditional && traditional(agent, agent.traditional),
        'end-to-end': agent.endToEnd && endToEnd(agent, agent.endToEnd),
      };
      return modes[mode] ?? (parts.strictModes ? undefined : (modes.traditional ?? modes['end-to-end']));
    },
    async close() {
      const shared = [...recognisers.values(), ...voices.values(), await detectors];
      await Promise.all(shared.flatMap((each) => (each ? [each.close()] : [])));
    },
  };
}
