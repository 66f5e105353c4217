import { describe, expect, it } from 'vitest';
import { wireMember, wireType } from './wire-names.ts';

describe('names on the wire', () => {
  it.each([
    ['heartbeat', 'EVENT_TYPE_HEARTBEAT'],
    ['user-message', 'EVENT_TYPE_USER_MESSAGE'],
    ['poly-agent-message-chunk', 'EVENT_TYPE_POLY_AGENT_MESSAGE_CHUNK'],
    ['link-to-webrtc-conversation', 'EVENT_TYPE_LINK_TO_WEBRTC_CONVERSATION'],
  ])('spells the type %s as %s', (inside, wire) => {
    expect(wireType(inside)).toBe(wire);
  });

  it.each([
    ['text', 'text'],
    ['messageId', 'message_id'],
    ['maxMessageSizeBytes', 'max_message_size_bytes'],
  ])('spells the member %s as %s', (inside, wire) => {
    expect(wireMember(inside)).toBe(wire);
  });
});
