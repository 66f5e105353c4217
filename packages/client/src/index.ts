// The door of @parley/client: everything other packages may import.
export type { ApiFailure, ApiFailureCode } from './api-failure.ts';
export type { CallProblem, MicrophoneProblem, Relay } from './call/call-problem.ts';
export { createCall } from './call/call.ts';
export type { Call, CallOptions, CallSnapshot } from './call/call.ts';
export { isUnderWay } from './call/call.machine.ts';
export type { CallState } from './call/call.machine.ts';
export type { Microphone, OpenMicrophone } from './call/ports/microphone.ts';
export type { OpenPeer, Peer, PeerEvents } from './call/ports/peer.ts';
export type { Quality, QualityGrade } from './call/quality.ts';
export { createParleyClient } from './client.ts';
export type { ParleyClient, ParleyClientOptions } from './client.ts';
export type { Connection, Goal } from './connection.machine.ts';
export type { DeskChatLog, DeskDraft } from './desk/chat-log.ts';
export type { DeskCredentials, DeskSignInOutcome } from './desk/desk-api.ts';
export { createDeskClient } from './desk/desk-client.ts';
export type { DeskClient, DeskClientOptions, DeskMessage, DeskSnapshot } from './desk/desk-client.ts';
export type { DeskReply, DeskRequest } from './desk/desk-feed.ts';
export type { DeskLink } from './desk/desk-link.machine.ts';
export type { DeskPicture } from './desk/desk-picture.ts';
export type { Outbox, OutgoingMessage } from './outbox.ts';
export type { OpenSocket, Socket, SocketEvents } from './ports/socket.ts';
export { memoryStorage } from './ports/storage.ts';
export type { Storage } from './ports/storage.ts';
export { systemTime } from './ports/time.ts';
export type { Time, Timer } from './ports/time.ts';
export type { ChatStatus, ParleySnapshot } from './snapshot.ts';
export type { Activity } from './timeline/activity.ts';
export type { HandoffStatus } from './timeline/handoff-status.ts';
export type { SaidBy } from './timeline/said-by.ts';
export type { Timeline } from './timeline/timeline.ts';
export type {
  AgentMessage,
  Notice,
  NoticeEvent,
  Speaker,
  SystemNotice,
  TimelineItem,
  UserMessage,
} from './timeline/timeline-item.ts';
