// Visitors who go away leave the queue, and have their place again when they are back soon.
import type { Visitor } from '../ports/handoff-desk.ts';
import { isWaiting } from './desk-case.ts';
import type { DeskCase } from './desk-case.ts';
import type { DeskState } from './desk-state.ts';
import { releaseCall } from './visitor-call.ts';

/** A visitor who is away keeps their place for so long. */
const PLACE_KEPT_MS = 60_000;

/** What is known of a visitor changed: whether they are there, above all. */
export function changeVisitor(desk: DeskState, deskCase: DeskCase, visitor: Visitor): void {
  const wasConnected = deskCase.visitor.connected;
  deskCase.visitor = visitor;
  if (wasConnected && !visitor.connected) beginAbsence(desk, deskCase);
  if (!wasConnected && visitor.connected) endAbsence(desk, deskCase);
  releaseCall(deskCase);
  desk.show(deskCase, { waiting: 'absent', chat: 'over', by: null });
  if (isWaiting(deskCase)) desk.settleQueue(deskCase.queue);
}

/** The visitor of a case is not there. */
export function beginAbsence(desk: DeskState, deskCase: DeskCase): void {
  desk.setTyping(deskCase, null, 'TYPING_STATE_STOPPED');
  deskCase.status.cancel();
  deskCase.absence?.cancel();
  deskCase.absence = desk.parts.timers.after(PLACE_KEPT_MS, () => {
    deskCase.absence = null;
    if (!isWaiting(deskCase)) return;
    Object.assign(deskCase.record, { placeMs: null, atHead: false });
    void desk.save(deskCase);
  });
}

function endAbsence(desk: DeskState, deskCase: DeskCase): void {
  deskCase.absence?.cancel();
  deskCase.absence = null;
  if (deskCase.record.placeMs !== null) return;
  deskCase.record.placeMs = desk.parts.clock.nowMs();
  void desk.save(deskCase);
}
