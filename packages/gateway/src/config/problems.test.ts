import { describe, expect, it } from 'vitest';
import { configFolder } from './test/config-folder.ts';

const production = { PARLEY_ENV: 'production', PARLEY_SECRET: 'a secret of thirty-two characters' };
const agent = `agents: { concierge: { chat: { provider: script, script: demo } } }`;

const { cwd, problemsOf } = configFolder();

describe('what is wrong is said in one line, with the place', () => {
  it.each<[string, string]>([
    ['server: { prot: 1 }', 'server.prot: unknown key (line 1)'],
    ['extra: 1', 'extra: unknown key (line 1)'],
    ['server: 8080', 'server: must be an object with keys (line 1)'],
    ['\nsessions:\n  maxConnections: ten', 'sessions.maxConnections: must be a number (line 3)'],
    ['sessions: { maxConnections: 0 }', 'sessions.maxConnections: must be 1 or more (line 1)'],
    ['sessions: { idleTimeoutSeconds: 0 }', 'sessions.idleTimeoutSeconds: must be more than 0 (line 1)'],
    ['sessions: { maxMessageBytes: 131073 }', 'sessions.maxMessageBytes: must be 131072 or less (line 1)'],
    [
      'sessions: { heartbeatIntervalSeconds: 600 }',
      'sessions.heartbeatIntervalSeconds: must be less than sessions.idleTimeoutSeconds (line 1)',
    ],
    [
      'sessions: { idleTimeoutSeconds: 10, heartbeatIntervalSeconds: 10 }',
      'sessions.heartbeatIntervalSeconds: must be less than sessions.idleTimeoutSeconds (line 1)',
    ],
    [
      'sessions: { idleTimeoutSeconds: 60, abandonedAfterSeconds: 59 }',
      'sessions.abandonedAfterSeconds: must be at least sessions.idleTimeoutSeconds (line 1)',
    ],
    ['limits: { connectionsPerAddress: -1 }', 'limits.connectionsPerAddress: must be 0 or more (line 1)'],
    ['demo: 1', 'demo: must be true or false (line 1)'],
    ['connectors: {}', 'connectors: must be a list (line 1)'],
    [
      'server: { publicUrl: example.com }',
      'server.publicUrl: must be a URL that starts with http:// or https:// (line 1)',
    ],
    ['server: { tls: { cert: a } }', 'server.tls.key: is missing (line 1)'],
    [
      'database: { url: "postgres://db/parley" }',
      'database.url: must start with file: (Parley keeps its data in SQLite) (line 1)',
    ],
    [
      'redis: { url: "redis://cache" }',
      'redis.url: must not be set: Parley is one process, and forms no cluster (line 1)',
    ],
    ['voice: { portRange: [5, 4] }', 'voice.portRange: must be [lowest, highest] (line 1)'],
    ['voice: { ice: { stun: ["stun:a?b"] } }', 'voice.ice.stun[0]: must look like stun:host:port (line 1)'],
    ['voice: { publicIp: example.com }', 'voice.publicIp: must be an IP address (line 1)'],
    ['voice: { recording: { announcement: true } }', 'voice.recording.announcement: must be text or false (line 1)'],
    ['voice: { recording: { announcement: "" } }', 'voice.recording.announcement: must not be empty (line 1)'],
    ['agents: { a: {} }', 'agents.a.chat: is missing (line 1)'],
    ['agents: { a: { chat: { provider: magic } } }', 'agents.a.chat.provider: must be script, llm or webhook (line 1)'],
    ['agents: { a: { chat: { provider: script } } }', 'agents.a.chat.file: is missing (line 1)'],
    ['agents: { a: { chat: { provider: script, script: x } } }', 'agents.a.chat.script: must be demo (line 1)'],
    [
      'agents: { a: { chat: { provider: llm, model: x, instructions: y } } }',
      'agents.a.chat.model: must be openai/, anthropic/, google/ or compatible/ and a name (line 1)',
    ],
    ['log: { level: loud }', 'log.level: must be trace, debug, info, warn, error, fatal or silent (line 1)'],
    ['- a list', 'parley.yaml: must consist of keys and values'],
    ['a: 1\na: 2', 'parley.yaml:2: Map keys must be unique'],
    ['a: "open', 'parley.yaml:1: Missing closing "quote'],
    ['a: !secret x', 'parley.yaml:1: Unresolved tag: !secret'],
  ])('%j', (yaml, problem) => {
    expect(problemsOf(yaml)).toEqual([problem]);
  });

  it.each<[string, string]>([
    ['{ id: a, agent: concierge }', 'connectors[0]: must have a token or a tokenSha256, and not both (line 1)'],
    [
      '{ id: a, token: "a+b", agent: concierge }',
      'connectors[0].token: must consist of letters, digits and - . _ ~ (line 1)',
    ],
    [
      '{ id: a, tokenSha256: 12ab, agent: concierge }',
      'connectors[0].tokenSha256: must be 64 hexadecimal digits (line 1)',
    ],
    ['{ id: a, token: t }', 'connectors[0].agent: is missing (line 1)'],
    [
      '{ id: a, token: t, agent: ada }',
      'connectors[0].agent: there is no agent "ada" (agents: demo, concierge) (line 1)',
    ],
    [
      '{ id: a, token: t, agent: concierge, hosts: [ { ap: x } ] }',
      'connectors[0].hosts[0]: must be a domain such as example.com, or { app: com.example.app } (line 1)',
    ],
    [
      '{ id: a, token: t, agent: concierge }, { id: a, token: u, agent: concierge }',
      'connectors[1].id: another connector is called "a" too (line 1)',
    ],
    [
      '{ id: a, token: t, agent: concierge }, { id: b, token: u, webrtcToken: t, agent: concierge }',
      'connectors[1]: has a token of the connector "a" (line 1)',
    ],
    [
      '{ id: a, token: t, agent: concierge, contextKeys: [ { kid: k, secret: s }, { kid: k, secret: t } ] }',
      'connectors[0].contextKeys: must not have a kid twice (line 1)',
    ],
  ])('of connectors: %s', (connectors, problem) => {
    expect(problemsOf(`connectors: [ ${connectors} ]\n${agent}`)).toEqual([problem]);
  });

  it.each<[string, string]>([
    ['handoff: { kind: desk, queue: x }', 'handoff.queue: there is no queue "x" (queues: general, support)'],
    ['handoff: { kind: desk }', 'handoff.queue: is missing'],
    ['handoff: { kind: pigeon }', 'handoff.kind: must be desk, client, webhook, chatwoot or none'],
    [
      'handoff: { kind: webhook, url: "https://d.test", secret: s, maxTries: 0 }',
      'handoff.maxTries: must be 1 or more',
    ],
    [
      'handoff: { kind: chatwoot, baseUrl: "https://c.test", inboxIdentifier: i, webhookToken: short }',
      'handoff.webhookToken: must have 16 characters or more',
    ],
    [
      'handoff: { kind: chatwoot, baseUrl: "https://c.test", inboxIdentifier: i, webhookToken: 0123456789abcdefg, accountId: 1 }',
      'handoff: needs both accountId and apiAccessToken, or none of them',
    ],
    ['avatarUrl: "javascript:x"', 'avatarUrl: must be a URL that starts with http:// or https://'],
    ['language: english!', 'language: must be a language tag such as en-US'],
    [
      'variants: { v: { handoff: { kind: desk, queue: x } } }',
      'variants.v.handoff.queue: there is no queue "x" (queues: general, support)',
    ],
    ['variants: { v: { chat: { provider: script, file: gone } } }', 'variants.v.chat.file: there is no file /gone'],
    [
      'variants: { v: { chat: { provider: llm, model: openai/m, instructions: i } } }',
      'variants.v.chat.apiKey: is missing',
    ],
    [
      'variants: { v: { chat: { provider: llm, model: compatible/m, instructions: i } } }',
      'variants.v.chat.baseUrl: is missing',
    ],
    ['voice: { endpointing: { minSilenceMs: 2000 } }', 'voice.endpointing.maxSilenceMs: must be at least minSilenceMs'],
  ])('of agents: %s', (more, problem) => {
    const found = problemsOf(`agents: { a: { chat: { provider: script, script: demo }, ${more} } }`);
    expect(found.map((line) => line.replace(cwd(), ''))).toEqual([`agents.a.${problem} (line 1)`]);
  });

  it('two inboxes of Chatwoot with one token', () => {
    const inbox = 'kind: chatwoot, baseUrl: "https://c.test", inboxIdentifier: i, webhookToken: 0123456789abcdefg';
    const written = `{ chat: { provider: script, script: demo }, handoff: { ${inbox} } }`;
    expect(problemsOf(`agents: { a: ${written}, b: ${written} }`)).toEqual([
      'agents.b.handoff.webhookToken: another agent has the same (line 1)',
    ]);
  });

  it('the sign-in to the desk that everybody knows is forbidden in production', () => {
    expect(problemsOf('desk: { tokens: [ parley-demo-desk-token ] }', production)).toEqual([
      'desk.tokens: must not have the token that everybody knows in production (line 1)',
    ]);
  });

  it.each<[string, string]>([
    ['hours: Mo-Fr', 'hours: must be opening hours such as "Mo-Fr 09:00-18:00; Sa 10:00-14:00"'],
    ['hours: Mo-Xx 09:00-18:00', 'hours: must be opening hours such as "Mo-Fr 09:00-18:00; Sa 10:00-14:00"'],
    ['hours: Mo 09:00-25:00', 'hours: must be opening hours such as "Mo-Fr 09:00-18:00; Sa 10:00-14:00"'],
    ['timezone: Moon', 'timezone: must be a time zone such as Europe/Berlin'],
    ['afterTimeout: pigeon', 'afterTimeout: must be end or agent'],
    ['afterCancel: queue', 'afterCancel: must be end or agent'],
    ['afterVanish: pigeon', 'afterVanish: must be queue, end or agent'],
    ['capacity: 0', 'capacity: must be 1 or more'],
  ])('of queues: %s', (written, problem) => {
    expect(problemsOf(`handoff: { queues: { q: { ${written} } } }`)).toEqual([`handoff.queues.q.${problem} (line 1)`]);
  });

  it('a canned reply for a queue that is not there', () => {
    const written = 'handoff: { cannedReplies: [ { title: a, text: b, queues: [ general, x ] } ] }';
    expect(problemsOf(written)).toEqual([
      'handoff.cannedReplies[0].queues[1]: there is no queue "x" (queues: general, support) (line 1)',
    ]);
  });

  it('access tokens of production live longer than the SDKs refresh them early', () => {
    const refused = 'sessions.tokenTtlSeconds: must be more than 300 in production (line 1)';
    expect(problemsOf('sessions: { tokenTtlSeconds: 300 }', production)).toEqual([refused]);
    expect(problemsOf('sessions: { tokenTtlSeconds: 301 }', production)).toEqual([]);
    expect(problemsOf('sessions: { tokenTtlSeconds: 1 }')).toEqual([]);
  });

  it('echo is forbidden in production', () => {
    expect(problemsOf('voice: { allowEcho: true }', production)).toEqual([
      'voice.allowEcho: must be false in production (line 1)',
    ]);
  });

  it('a call must not outlive its TURN credentials', () => {
    const turn = 'turn: { urls: ["turn:t.example.com:3478?transport=udp"], secrets: [s], ttlSeconds: 600 }';
    expect(problemsOf(`demo: false\nvoice: { ice: { ${turn} } }\n${agent}`)).toEqual([
      'agents.concierge.voice.maxCallSeconds: must be less than voice.ice.turn.ttlSeconds (line 3)',
    ]);
  });

  it('everything at once, never the values', () => {
    const problems = problemsOf(`
connectors: [ { id: a, token: "se cret", agent: ada, extra: 1 } ]
agents: { a: { chat: { provider: script, file: x }, handoff: { kind: desk, queue: q } } }
server: { port: se-cret }`);
    expect(problems).toEqual([
      'connectors[0].agent: there is no agent "ada" (agents: demo, a) (line 2)',
      'agents.a.handoff.queue: there is no queue "q" (queues: general, support) (line 3)',
      'server.port: must be a number (line 4)',
      'connectors[0].token: must consist of letters, digits and - . _ ~ (line 2)',
      'connectors[0].extra: unknown key (line 2)',
    ]);
  });
});
