// A STUN binding request by which a controlling client nominates a path (RFC 8445, section 7.1; RFC 8489).
import { createHmac, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** Of both sides of an ICE session. */
export interface IceCredentials {
  remoteUfrag: string;
  remotePwd: string;
  localUfrag: string;
}

const magicCookie = 0x2112_a442;
const attribute = {
  username: 0x0006,
  messageIntegrity: 0x0008,
  priority: 0x0024,
  useCandidate: 0x0025,
  fingerprint: 0x8028,
  iceControlling: 0x802a,
};

/** Writes the request. `priority` is what the client would give the path's address. */
export function nomination({ remoteUfrag, remotePwd, localUfrag }: IceCredentials, priority: number): Buffer {
  const priorityBytes = Buffer.alloc(4);
  priorityBytes.writeUInt32BE(priority);
  const attributes = [
    written(attribute.username, Buffer.from(`${remoteUfrag}:${localUfrag}`)),
    written(attribute.priority, priorityBytes),
    written(attribute.iceControlling, randomBytes(8)),
    written(attribute.useCandidate, Buffer.alloc(0)),
  ];
  const transactionId = randomBytes(12);

  // Both digests cover a header whose length already counts them.
  const signed = message(transactionId, attributes, 24);
  const integrity = written(attribute.messageIntegrity, createHmac('sha1', remotePwd).update(signed).digest());
  const checked = message(transactionId, [...attributes, integrity], 8);
  const fingerprint = Buffer.alloc(4);
  fingerprint.writeUInt32BE((crc32(checked) ^ 0x5354_554e) >>> 0);
  return Buffer.concat([checked, written(attribute.fingerprint, fingerprint)]);
}

/** A binding request that announces `missing` more bytes. */
function message(transactionId: Buffer, attributes: Buffer[], missing: number): Buffer {
  const body = Buffer.concat(attributes);
  const header = Buffer.alloc(8);
  header.writeUInt16BE(0x0001);
  header.writeUInt16BE(body.length + missing, 2);
  header.writeUInt32BE(magicCookie, 4);
  return Buffer.concat([header, transactionId, body]);
}

function written(type: number, value: Buffer): Buffer {
  const bytes = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  bytes.writeUInt16BE(type);
  bytes.writeUInt16BE(value.length, 2);
  value.copy(bytes, 4);
  return bytes;
}
