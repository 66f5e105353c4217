// A certificate that nobody has signed but itself, for a server on this machine.
import { execFileSync } from 'node:child_process';
import { X509Certificate, createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate for `127.0.0.1`, good for a day. */
export interface OwnCertificate {
  /** Paths of the certificate and its key, PEM. */
  files: { cert: string; pkey: string };
  /** SHA-256 of its public key in base64, by which Chromium can be told to take it. */
  fingerprint: string;
  remove(): void;
}

/** Makes one, with a key of its own. */
export function makeCertificate(): OwnCertificate {
  const folder = mkdtempSync(join(tmpdir(), 'parley-certificate-'));
  const files = { cert: join(folder, 'cert.pem'), pkey: join(folder, 'key.pem') };
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', files.pkey];
  const name = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync('openssl', ['req', '-x509', '-days', '1', ...key, ...name, '-out', files.cert], { stdio: 'ignore' });
  const { publicKey } = new X509Certificate(readFileSync(files.cert));
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return {
    files,
    fingerprint: createHash('sha256').update(spki).digest('base64'),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
