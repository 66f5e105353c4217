// The door of HTTP: a server that puts the other rooms on a port.
export type { Demo } from './demo-route.ts';
export { createHttpServer } from './http-server.ts';
export type { HttpParts, HttpServer } from './http-server.ts';
