// One example of every event, for the AsyncAPI document.
import type { ClientEvent } from '../client-events.ts';
import type { EventOf, ServerEvent } from '../server-events.ts';

const messageId = '5d2f4c0e-8f0b-4f6a-9a53-0b1f9d1f2a77';

/** What clients send. */
export const clientEventExamples: { [Type in ClientEvent['type']]: Extract<ClientEvent, { type: Type }> } = {
  'request-poly-agent-join': { type: 'request-poly-agent-join' },
  'user-message': { type: 'user-message', text: 'When do you open?' },
  'user-typing': { type: 'user-typing', state: 'TYPING_STATE_STARTED' },
  'user-end-session': { type: 'user-end-session' },
  heartbeat: { type: 'heartbeat' },
  'link-to-webrtc-conversation': { type: 'link-to-webrtc-conversation', callSid: 'CA3f1c9a' },
};

/** What servers send. */
export const serverEventExamples: { [Type in ServerEvent['type']]: EventOf<Type> } = {
  'session-start': {
    type: 'session-start',
    capabilities: {
      streaming: false,
      maxMessageSizeBytes: 131_072,
      maxReconnectAttempts: 5,
      heartbeatIntervalSeconds: 30,
    },
  },
  'session-end': { type: 'session-end', reason: 'REASON_USER_END' },
  'session-idle-warning': { type: 'session-idle-warning' },
  'language-changed': { type: 'language-changed', languageCode: 'fr-FR' },
  'request-poly-agent-join': { type: 'request-poly-agent-join' },
  'user-message': { type: 'user-message', messageId, text: 'When do you open?' },
  'user-end-session': { type: 'user-end-session' },
  heartbeat: { type: 'heartbeat' },
  'poly-agent-joined': {
    type: 'poly-agent-joined',
    agentName: 'Ada',
    agentAvatarUrl: 'https://shop.example.com/ada.png',
  },
  'poly-agent-thinking': { type: 'poly-agent-thinking' },
  'poly-agent-message': {
    type: 'poly-agent-message',
    messageId,
    text: 'We open at **nine**. Shall I show you the way?',
    attachments: [
      {
        title: 'Our shop',
        previewImageUrl: 'https://shop.example.com/map.png',
        contentUrl: 'https://shop.example.com/map',
        contentType: 'ATTACHMENT_CONTENT_TYPE_URL',
        callToActionText: 'Open the map',
      },
    ],
    responseSuggestions: [{ messageText: 'Yes, please' }, { messageText: 'No, thanks' }],
    agentName: 'Ada',
    avatarUrl: 'https://shop.example.com/ada.png',
    chatCallActions: [{ title: 'Call the shop', contactNumber: '+442071234567' }],
  },
  'poly-agent-message-chunk': {
    type: 'poly-agent-message-chunk',
    messageId,
    text: 'We open at **nine**. ',
    attachments: [],
    responseSuggestions: [],
    chunkIndex: 1,
    isComplete: false,
  },
  'poly-agent-left': { type: 'poly-agent-left' },
  'poly-agent-triggered-handoff': { type: 'poly-agent-triggered-handoff' },
  'handoff-accepted': { type: 'handoff-accepted', queueName: 'General Support' },
  'handoff-queue-status': {
    type: 'handoff-queue-status',
    queueName: 'General Support',
    positionInQueue: 2,
    estimatedWaitSeconds: 90,
    displayMessage: 'You are second in the queue.',
  },
  'client-handoff-required': {
    type: 'client-handoff-required',
    reason: 'COMPLEX_QUERY',
    queueName: 'Support Queue',
    route: 'https://shop.example.com/support',
  },
  'handoff-failed': { type: 'handoff-failed' },
  'handoff-timeout': { type: 'handoff-timeout' },
  'live-agent-joined': { type: 'live-agent-joined', agent: { id: 'agent-7', name: 'Grace' } },
  'live-agent-typing': { type: 'live-agent-typing', state: 'TYPING_STATE_STARTED', agentId: 'agent-7' },
  'live-agent-message': {
    type: 'live-agent-message',
    messageId,
    agentId: 'agent-7',
    text: 'Good morning, how can I help?',
    attachments: [],
    responseSuggestions: [],
    agentName: 'Grace',
  },
  'live-agent-left': { type: 'live-agent-left', agentId: 'agent-7' },
  'system-message': {
    type: 'system-message',
    message: 'Sorry, I encountered an error. Please try again.',
    level: 'SYSTEM_MESSAGE_LEVEL_ERROR',
  },
};
