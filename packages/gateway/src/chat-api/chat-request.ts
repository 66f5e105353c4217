// Requests and answers of the Chat API as HTTP hands them over and gets them back.

/** A request: its path, headers, query and body, taken apart but not yet looked at. */
export interface ChatRequest {
  accountId: string;
  projectId: string;
  /** `X-API-KEY` */
  apiKey: string | undefined;
  /** `X-TOKEN` */
  connectorToken: string | undefined;
  /** Empty when there is none. */
  bodyText: string;
  query: { get(name: string): string | null };
  correlationId: string;
  /** For the log. */
  clientAddress: string;
}

/** An answer; `body` is JSON. */
export interface ChatAnswer {
  status: number;
  body: string;
  /** Whole seconds for the `Retry-After` header. */
  retryAfterSeconds?: number;
}
