import { expect, it } from 'vitest';
import { turnCredentials } from './turn-credentials.ts';

it('VOX-084 credentials are what TURN servers expect', () => {
  const made = turnCredentials({ secret: 'parley-demo-secret', expirySeconds: 1_893_456_000, id: 'webrtc-gateway' });
  expect(made).toEqual({ username: '1893456000:webrtc-gateway', credential: 'BaJZ5aPq73z0IN6M0E/cjutmB0A=' });
});

it('credentials change with the secret, the expiry and the id', () => {
  const made = { secret: 's', expirySeconds: 1, id: 'i' };
  const changes = [{}, { secret: 't' }, { expirySeconds: 2 }, { id: 'j' }];
  const credentials = changes.map((change) => turnCredentials({ ...made, ...change }).credential);
  expect(new Set(credentials).size).toBe(4);
});
