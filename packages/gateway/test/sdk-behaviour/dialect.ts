// How the two published SDKs differ, as far as a server can tell. Source: messaging spec, sections 1, 2.8, 10.1.

/** Which SDK a scripted client behaves like. */
export type Dialect = 'ios' | 'android';

/** What the SDKs do each in their own way. */
export interface Manners {
  /** Android's HTTP library adds the parameter. */
  contentType: string;
  userAgent: string;
  host: string;
  /** The letters of ids that the SDK makes up. */
  spelled: (id: string) => string;
  /** When an unconfirmed message is sent again, ms after it was first sent. */
  resendsAtMs: readonly number[];
  /** Android gives a message up the moment its socket drops. */
  failsOnDrop: boolean;
  /** How a socket is closed that the SDK replaces. */
  replaceCode: number;
}

/** The manners of each. */
export const manners: Readonly<Record<Dialect, Manners>> = {
  ios: {
    contentType: 'application/json',
    userAgent: 'PolyMessaging-iOS/0.9.0 (iOS; Version 18.5 (Build 22F76))',
    host: 'localhost',
    spelled: (id) => id.toUpperCase(),
    resendsAtMs: [3_000, 6_000, 9_000],
    failsOnDrop: false,
    replaceCode: 1001,
  },
  android: {
    contentType: 'application/json; charset=utf-8',
    userAgent: 'PolyMessaging-Android/0.9.0 (Android; 15)',
    host: 'localhost',
    spelled: (id) => id,
    resendsAtMs: [],
    failsOnDrop: true,
    replaceCode: 4000,
  },
};

/** Pauses of the SDKs, in ms. Source: messaging spec, appendix A. */
export const pauses = { rest: 1_000, network: 10_000, firstReconnect: 1_000, heartbeat: 30_000 } as const;

/** Tests live this much faster than the SDKs. */
const HURRY = 200;

/** Calls back after one of the SDKs' pauses, hurried; answers how not to. */
export function after(pauseMs: number, action: () => void): () => void {
  const timer = setTimeout(action, pauseMs / HURRY);
  return () => clearTimeout(timer);
}

/** One of the SDKs' pauses, hurried. */
export function pause(pauseMs: number): Promise<void> {
  return new Promise((resolve) => void after(pauseMs, resolve));
}
