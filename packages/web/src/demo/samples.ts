// Code that talks to this server, ready to paste: with this server's addresses and the demo's token.

/** Where the server is and who may talk to it. */
export interface Endpoint {
  /** `http://127.0.0.1:8080` */
  baseUrl: string;
  token: string;
  /** What calls are made with. */
  webCallingToken?: string | undefined;
  host: string;
}

/** One sample. */
export interface Sample {
  id: string;
  title: string;
  code: string;
}

/** Base address of the REST endpoints, as the SDKs want it. */
export function restBase({ baseUrl }: Endpoint): string {
  return `${baseUrl}/api/v1`;
}

/** Address of the socket. */
export function socketAddress({ baseUrl }: Endpoint): string {
  return `${baseUrl.replace(/^http/, 'ws')}/ws`;
}

/** Address of the socket on which calls are agreed upon. */
export function signalingAddress({ baseUrl }: Endpoint): string {
  return `${baseUrl.replace(/^http/, 'ws')}/api/v1/webrtc/signal`;
}

/** The samples for an endpoint. */
export function samples(endpoint: Endpoint): readonly Sample[] {
  return [
    { id: 'curl', title: 'curl', code: curlSample(endpoint) },
    { id: 'javascript', title: 'JavaScript', code: javascriptSample(endpoint) },
    { id: 'socket', title: 'WebSocket', code: socketSample(endpoint) },
  ];
}

function curlSample(endpoint: Endpoint): string {
  return `BASE=${restBase(endpoint)}

# An access token, then a session under it
TOKEN=$(curl -s -X POST $BASE/access-token \\
  -H 'X-Token: ${endpoint.token}' \\
  -H 'X-Host: ${endpoint.host}' \\
  | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')

curl -s -X POST $BASE/sessions \\
  -H "Authorization: Bearer $TOKEN" \\
  -d '{"streaming_enabled": true}'`;
}

function javascriptSample(endpoint: Endpoint): string {
  return `const base = '${restBase(endpoint)}';
const post = async (path, headers, body = {}) =>
  (await fetch(base + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })).json();

const { access_token } = await post('/access-token', {
  'X-Token': '${endpoint.token}', 'X-Host': '${endpoint.host}',
});
const { session_id } = await post('/sessions', {
  Authorization: \`Bearer \${access_token}\`,
}, { streaming_enabled: true });

const socket = new WebSocket('${socketAddress(endpoint)}?'
  + new URLSearchParams({ session_id, access_token }));
const send = (type, payload = {}) =>
  socket.send(JSON.stringify({ type, payload }));

socket.onmessage = ({ data }) => console.log(JSON.parse(data));
socket.onopen = () => {
  send('EVENT_TYPE_REQUEST_POLY_AGENT_JOIN');
  send('EVENT_TYPE_USER_MESSAGE', { text: 'Opening hours?' });
};`;
}

function socketSample(endpoint: Endpoint): string {
  return `# Connect with the token and the session of the curl sample
npx wscat -c "${socketAddress(endpoint)}?session_id=$SESSION&access_token=$TOKEN"

# Ask the agent to join, then talk
{"type":"EVENT_TYPE_REQUEST_POLY_AGENT_JOIN","payload":{}}
{"type":"EVENT_TYPE_USER_MESSAGE","payload":{"text":"Hello"},
 "metadata":{"custom":{"client_event_id":"1"}}}

# Stay alive, and end
{"type":"EVENT_TYPE_HEARTBEAT","payload":{}}
{"type":"EVENT_TYPE_USER_END_SESSION","payload":{}}`;
}
