// Every error that is the bridge's own. Those of `restErrors` for bodies and for the whole service may be met besides.
import type { WireError } from '../rest-errors.ts';

/** The closed list, by name. Desks go by status and code; texts are for people. */
export const bridgeErrors = {
  wrongSignature: { status: 401, text: 'The signature is missing, wrong or too old.', code: 'SIGNATURE_INVALID' },
  noSuchCase: { status: 404, text: 'There is no such case.', code: 'NO_SUCH_CASE' },
  caseOver: { status: 410, text: 'This case is over.', code: 'CASE_OVER' },
  invalidEvent: { status: 400, text: 'This event cannot be read.', code: 'INVALID_EVENT' },
  nobodyJoined: { status: 409, text: 'No person has joined this case yet.', code: 'NOBODY_JOINED' },
  idReused: { status: 422, text: 'Another event had this id.', code: 'EVENT_ID_REUSED' },
} as const satisfies Record<string, WireError>;

/** The name of an error of the bridge. */
export type BridgeErrorName = keyof typeof bridgeErrors;
