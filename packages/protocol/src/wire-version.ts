// The history of the wire. A test hashes everything that clients can see and compares it with the last line.

/** One state of the wire. */
export interface WireChange {
  version: number;
  /** What changed, for those who write clients. */
  change: string;
  /** SHA-256 of the wire as the test `wire-version.test.ts` describes it. */
  sha256: string;
}

/** Oldest first. Add a line when the wire changes; lines of a released wire stay as they are. */
export const wireHistory: readonly WireChange[] = [
  {
    version: 1,
    change: 'Messaging, the Chat API and the hand-off state.',
    sha256: 'ca535a0edfc1e023dc4805319e90da02d45901b1ad67aac251dba01641b790a2',
  },
  {
    version: 2,
    change: 'Voice: signaling of calls and ICE servers.',
    sha256: 'd8e1955227a611afe94ae95e55e3af727fd37eb01ef6013a496daea72fc0fa8b',
  },
  {
    version: 3,
    change: 'The bridge to desks of others: events in, deliveries out.',
    sha256: 'da29fe6314c3bd668d7462287978a86654072f51e82bd3c0fd3ca11a72c662db',
  },
  {
    version: 4,
    change: 'The desk: its REST API, its feed, and calls that people there take.',
    sha256: '1d2c50058f925c3e399479f539189f7782cb794acf2c4001297e2e8134eae028',
  },
  {
    version: 5,
    change: 'The desk tells of which queues a person is full, and when a closed one opens.',
    sha256: 'a6f8d0ab5ef1e2bd4dc77239f66a1ce16e2658dcdf94e3abc944d52be2143ba6',
  },
  {
    version: 6,
    change: 'The hand-off state may be answered with 429, as sessions and the Chat API may.',
    sha256: '978b9afe015e87171736971dca7ccdeafc1b4212c830ba3276b3f6ded26b538d',
  },
];

/** The wire that this code speaks. */
export const wireVersion: number = Math.max(...wireHistory.map((line) => line.version));
