import { describe, expect, it } from 'vitest';
import {
  decodeHandoffState,
  encodeHandoffState,
  encodeHandoffStateError,
  handoffStateErrors,
  readHandoffStateKey,
} from './handoff-state.ts';

describe('the hand-off state', () => {
  it.each([
    ['id=c1', { by: 'id', value: 'c1' }],
    ['shared_id=s1', { by: 'shared-id', value: 's1' }],
    ['id=c1&shared_id=s1', { by: 'shared-id', value: 's1' }],
    ['shared_id=&id=c1', { by: 'id', value: 'c1' }],
    ['', 'invalid'],
    ['id=&shared_id=', 'invalid'],
  ])('MSG-119 is asked for by %j', (query, key) => {
    expect(readHandoffStateKey(new URLSearchParams(query))).toEqual(key);
  });

  it('keeps the spelling of what was handed over', () => {
    const text = '{"id":"c1","shared_id":"s1","data":{"orderNumber":1,"line_items":[]}}';
    const state = { id: 'c1', sharedId: 's1', data: { orderNumber: 1, line_items: [] } };
    expect(decodeHandoffState(text)).toEqual(state);
    expect(encodeHandoffState(state)).toBe(text);
  });

  it('MSG-119 tells errors in one member', () => {
    expect(handoffStateErrors.missingId.status).toBe(400);
    expect(encodeHandoffStateError(handoffStateErrors.missingId)).toBe(
      '{"error_message":"Either id or shared_id is required."}',
    );
  });
});
