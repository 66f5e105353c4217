// The built pages (packages/web/dist): read once at the start, served from memory. What wasn't there at the start
// doesn't exist, so no path can lead anywhere else.
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import type { FastifyInstance } from 'fastify';

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.mp3': 'audio/mpeg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** Pages load only what is ours, but for pictures that agents send. Their sockets may be on another origin. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "connect-src 'self' ws: wss:",
  "img-src 'self' https: data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

/** A file as it is served. */
interface Page {
  /** `/` for `index.html`, `/desk` for `desk.html`, `/assets/x.js` for itself. */
  path: string;
  body: Buffer;
  headers: Record<string, string>;
}

/** Serves every file of the folder; none when there is no such folder. */
export async function addStaticPages(app: FastifyInstance, folder: string): Promise<void> {
  for (const { path, body, headers } of await readPages(folder)) {
    app.get(path, (request, reply) => {
      void reply.headers(headers);
      if (request.headers['if-none-match'] === headers['etag']) return reply.code(304).send();
      return reply.send(body);
    });
  }
}

async function readPages(folder: string): Promise<Page[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(files.map((file) => readPage(folder, file)));
}

async function readPage(folder: string, file: string): Promise<Page> {
  const name = relative(folder, file).split(sep).join('/');
  const body = await readFile(file);
  const headers = {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    // The names of built assets change with their content.
    'cache-control': name.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  };
  return { path: `/${name.replace(/(?:^|(?<=\/))index\.html$|\.html$/, '')}`, body, headers };
}
