// Passwords as hashes: scrypt (RFC 7914), slow and hungry for memory on purpose.
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** 16 MiB and some 50 ms per try. A hash carries its own numbers, so they can be raised. */
const COST = 16_384;
const BLOCK_SIZE = 8;
const PARALLELISM = 1;
const KEY_BYTES = 32;
const SALT_BYTES = 16;

/** A hash to keep: `scrypt$16384$8$1$<salt>$<key>`, salt and key in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await keyOf(password, { salt, cost: COST, blockSize: BLOCK_SIZE, parallelism: PARALLELISM });
  return ['scrypt', COST, BLOCK_SIZE, PARALLELISM, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Whether the password is the hash's. Takes as long when the hash is none, so that nobody learns who exists. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [scheme, cost, blockSize, parallelism, salt = '', key = ''] = hash.split('$');
  const kept = Buffer.from(key, 'base64url');
  if (scheme !== 'scrypt' || kept.length !== KEY_BYTES) {
    await keyOf(password, {
      salt: Buffer.alloc(SALT_BYTES),
      cost: COST,
      blockSize: BLOCK_SIZE,
      parallelism: PARALLELISM,
    });
    return false;
  }
  const tried = await keyOf(password, {
    salt: Buffer.from(salt, 'base64url'),
    cost: Number(cost),
    blockSize: Number(blockSize),
    parallelism: Number(parallelism),
  });
  return timingSafeEqual(tried, kept);
}

function keyOf(
  password: string,
  { salt, cost, blockSize, parallelism }: { salt: Buffer; cost: number; blockSize: number; parallelism: number },
): Promise<Buffer> {
  const options = { cost, blockSize, parallelization: parallelism, maxmem: 256 * cost * blockSize };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
