// Beside the chat: things to say, and how to point a client of one's own at this server.
import type { JSX } from 'preact';
import { CodeSamples } from './code-samples.tsx';
import { CopyButton } from './copy-button.tsx';
import { hints } from './hints.ts';
import { restBase, samples, signalingAddress, socketAddress } from './samples.ts';
import type { Endpoint } from './samples.ts';

interface DeveloperPanelProps {
  endpoint: Endpoint;
  canSay: boolean;
  onSay: (text: string) => void;
}

/** Two sections: hints and addresses. */
export function DeveloperPanel({ endpoint, canSay, onSay }: DeveloperPanelProps): JSX.Element {
  return (
    <div class="panel">
      <section aria-labelledby="hints-title">
        <h2 id="hints-title" class="panel-title">
          Things to say
        </h2>
        <ul class="hints">
          {hints.map(({ say, shows }) => (
            <li key={say}>
              <button type="button" class="hint" disabled={!canSay} onClick={() => onSay(say)}>
                <span class="hint-say">{say}</span>
                <span class="hint-shows">{shows}</span>
              </button>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="client-title">
        <h2 id="client-title" class="panel-title">
          Point a client at it
        </h2>
        <p class="panel-text">
          Clients written for the protocol, the iOS and Android SDKs among them, work here once they have these
          addresses.
        </p>
        <dl class="addresses">
          <Address name="REST base" value={restBase(endpoint)} />
          <Address name="WebSocket" value={socketAddress(endpoint)} />
          <Address name="Connector token" value={endpoint.token} />
          {endpoint.webCallingToken !== undefined && (
            <>
              <Address name="Calls" value={signalingAddress(endpoint)} />
              <Address name="Calling token" value={endpoint.webCallingToken} />
            </>
          )}
          <Address name="Host" value={endpoint.host} />
        </dl>
        <CodeSamples samples={samples(endpoint)} />
      </section>
    </div>
  );
}

function Address({ name, value }: { name: string; value: string }): JSX.Element {
  return (
    <div class="address">
      <dt>{name}</dt>
      <dd>
        <code dir="ltr">{value}</code>
        <CopyButton text={value} label={`Copy the ${name}`} />
      </dd>
    </div>
  );
}
