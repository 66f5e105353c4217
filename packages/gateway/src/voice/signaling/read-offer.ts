// What an offer asks for, checked in the order in which a client may know: first who it is, then what it wants, then
// whether it can be read. Source: voice spec, section 1.9, steps 2 to 6. Whether its media can be answered and its
// session exists is seen elsewhere.
import { MAX_CALL_SID_LENGTH, readMode, readOfferData, readVersionOverride, signalErrors } from '@parley/protocol';
import type {
  AgentVersionOverride,
  CallMode,
  CallModeName,
  OfferEnvelope,
  SignalError,
  SignalErrorName,
} from '@parley/protocol';
import type { CallGrant } from '../ports/call-access.ts';

/** Free text about a call is kept up to this length; what is longer is nobody's name or number. */
const MAX_FREE_TEXT_LENGTH = 256;

/** An offer that may be answered. */
export interface Offer {
  /** The call to renegotiate; undefined for a new one. */
  sessionId: string | undefined;
  /** The mode by the name the client has for it; null when it named none. */
  requestedMode: CallModeName | null;
  /** What that name stands for. */
  mode: CallMode;
  callSid: string | undefined;
  caller: string | undefined;
  callee: string | undefined;
  variantId: string | undefined;
  /** The pinned build, by its name in the configuration. */
  build: string | undefined;
  sdp: string;
}

/** What the gateway allows and knows. */
export interface OfferRules {
  /** Whether everybody may use the mode `echo`. */
  allowEcho: boolean;
  hasVariant(agentId: string, variantId: string): boolean;
  /** The name of the build of the agent that has both versions. */
  findBuild(agentId: string, override: AgentVersionOverride): string | undefined;
  /** Whether a text is a session description by its syntax. */
  isSdp(text: string): boolean;
}

/** Who sends the offer: what its token allows, and the page it comes from. */
export interface OfferSender {
  /** Undefined when the token isn't good. */
  grant: CallGrant | undefined;
  /** The `Origin` of the socket's handshake. */
  origin: string | undefined;
}

/** The token to verify before the offer is read; undefined when there is none. */
export function tokenOf({ authToken }: OfferEnvelope): string | undefined {
  return textOf(authToken);
}

/** Reads an offer, or says why it is refused. */
export function readOffer(
  envelope: OfferEnvelope,
  { grant, origin }: OfferSender,
  rules: OfferRules,
): Offer | { refused: SignalError } {
  if (tokenOf(envelope) === undefined) return refuse('authTokenRequired');
  if (!grant) return refuse('invalidToken');

  const asked = readMode(envelope.mode);
  if (!asked) return refuse('unknownMode');
  if (asked.mode === 'echo' && !rules.allowEcho && !grant.mayEcho) return refuse('echoForbidden');

  const outOfScope = checkScope(envelope, grant);
  if (outOfScope) return refuse(outOfScope);
  if (!grant.originAllowed(origin)) return refuse('notPermitted');
  const agent = chooseAgent(envelope, grant, rules);
  if (typeof agent === 'string') return refuse(agent);
  const { callSid, sessionId } = envelope;
  if (!isOptionalText(callSid) || isTooLong(callSid)) return refuse('invalidCallSid');

  const data = readOfferData(envelope.data);
  if (!data || !rules.isSdp(data.sdp) || !isOptionalText(sessionId)) return refuse('malformed');
  return {
    sessionId: textOf(sessionId),
    requestedMode: asked.name,
    mode: asked.mode,
    callSid: textOf(callSid),
    caller: textOf(envelope.caller)?.slice(0, MAX_FREE_TEXT_LENGTH),
    callee: textOf(envelope.callee)?.slice(0, MAX_FREE_TEXT_LENGTH),
    ...agent,
    sdp: data.sdp,
  };
}

/** Account and project say again what the token says already. They give no rights. */
function checkScope({ accountId, projectId }: OfferEnvelope, grant: CallGrant): SignalErrorName | undefined {
  if (!isOptionalText(accountId)) return 'invalidAccount';
  if (accountId !== undefined && !grant.isAccount(accountId)) return 'notPermitted';
  if (!isOptionalText(projectId)) return 'invalidProject';
  if (projectId !== undefined && !grant.isProject(projectId)) return 'notPermitted';
  return undefined;
}

/** The agent's variant and build: what the offer asks for, as long as the token isn't for another one. */
function chooseAgent(
  { variantId, agentVersionOverride }: OfferEnvelope,
  grant: CallGrant,
  rules: OfferRules,
): Pick<Offer, 'variantId' | 'build'> | SignalErrorName {
  if (!isOptionalText(variantId)) return 'unknownVariant';
  if (variantId !== undefined && !rules.hasVariant(grant.agentId, variantId)) return 'unknownVariant';
  if (isAnother(variantId, grant.variantId)) return 'notPermitted';

  const override = readVersionOverride(agentVersionOverride);
  const build = override && rules.findBuild(grant.agentId, override);
  if (agentVersionOverride !== undefined && build === undefined) return 'unknownAgentVersion';
  if (isAnother(build, grant.build)) return 'notPermitted';

  return { variantId: variantId ?? grant.variantId, build: build ?? grant.build };
}

function isAnother(asked: string | undefined, pinned: string | undefined): boolean {
  return asked !== undefined && pinned !== undefined && asked !== pinned;
}

function isTooLong(callSid: string | undefined): boolean {
  return callSid !== undefined && callSid.length > MAX_CALL_SID_LENGTH;
}

function isOptionalText(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string';
}

/** Empty texts say nothing, and neither does what is no text. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function refuse(name: SignalErrorName): { refused: SignalError } {
  return { refused: signalErrors[name] };
}
