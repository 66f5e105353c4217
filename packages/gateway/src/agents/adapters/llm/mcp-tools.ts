// Tools of MCP servers, for a language model. Connections are made when first needed, shared by all turns, and
// closed with the agent.
import { type CallToolResult, createMCPClient, type ListToolsResult, type MCPClient } from '@ai-sdk/mcp';
import type { JSONSchema7 } from '@ai-sdk/provider';
import type { AgentParts, McpServerOptions } from '../../agent-options.ts';
import type { AgentTurn } from '../../ports/chat-agent.ts';
import type { ModelTool, ToolOutcome } from './model-tool.ts';

/** A server that couldn't be reached is left alone for so long. */
const restMs = 30_000;

type Facts = AgentTurn['session']['context'];
type Definition = ListToolsResult['tools'][number];

interface Connection {
  client: MCPClient;
  definitions: readonly Definition[];
}

interface McpParts extends AgentParts {
  /** For connecting and for one call of a tool. */
  timeoutMs: number;
}

/** The tools of some MCP servers. */
export class McpTools {
  readonly #servers: readonly McpServerOptions[];
  readonly #parts: McpParts;
  /** By server name; null while a server that failed has its rest. */
  readonly #connections = new Map<string, Promise<Connection | null>>();

  constructor(servers: readonly McpServerOptions[], parts: McpParts) {
    this.#servers = servers;
    this.#parts = parts;
  }

  /** The tools for a turn with these facts about the user. Servers that can't be reached are missing. */
  async forTurn(facts: Facts): Promise<ModelTool[]> {
    const tools = await Promise.all(this.#servers.map((server) => this.#toolsOf(server, facts)));
    return tools.flat();
  }

  /** Closes every connection. */
  async close(): Promise<void> {
    const connections = await Promise.all(this.#connections.values());
    this.#connections.clear();
    await Promise.all(connections.flatMap((connection) => (connection ? [connection.client.close()] : [])));
  }

  async #toolsOf(server: McpServerOptions, facts: Facts): Promise<ModelTool[]> {
    const connection = await this.#connected(server);
    if (!connection) return [];
    const hidden = server.context ?? [];
    const known = Object.fromEntries(hidden.filter((name) => name in facts).map((name) => [name, facts[name]]));
    return connection.definitions.map(({ name, description = '', inputSchema }) => ({
      definition: {
        type: 'function',
        name: `${server.name}_${name}`.replace(/[^\w-]/g, '_').slice(0, 64),
        description,
        inputSchema: withoutProperties(inputSchema, hidden),
      },
      use: async (input, signal) => {
        const options = { signal, timeout: this.#parts.timeoutMs };
        try {
          const given = { ...(input as object), ...known };
          return outcomeOf(await connection.client.callTool({ name, arguments: given, options }));
        } catch (error) {
          signal.throwIfAborted();
          this.#forget(server, error);
          return { kind: 'failed', text: error instanceof Error ? error.message : 'The tool failed.' };
        }
      },
    }));
  }

  #connected(server: McpServerOptions): Promise<Connection | null> {
    const known = this.#connections.get(server.name);
    if (known) return known;
    const connection = this.#connect(server).catch((error: unknown) => {
      this.#parts.log.warn({ server: server.name, error: String(error) }, "An MCP server can't be reached");
      this.#parts.timers.after(restMs, () => this.#connections.delete(server.name));
      return null;
    });
    this.#connections.set(server.name, connection);
    return connection;
  }

  async #connect({ url, headers = {} }: McpServerOptions): Promise<Connection> {
    const { timeoutMs: timeout, fetch = globalThis.fetch } = this.#parts;
    const client = await createMCPClient({
      transport: { type: 'http', url, headers, fetch },
      clientName: 'parley',
      initializationOptions: { timeout },
    });
    const definitions: Definition[] = [];
    let cursor: string | undefined;
    do {
      const page = await client.listTools({
        options: { timeout },
        ...(cursor !== undefined && { params: { cursor } }),
      });
      definitions.push(...page.tools);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return { client, definitions };
  }

  // A server that no longer knows us, or has gone, is connected to afresh by the next turn.
  #forget(server: McpServerOptions, error: unknown): void {
    const answered = error instanceof Error && 'code' in error && error.code !== undefined;
    if (!answered) this.#connections.delete(server.name);
  }
}

/** The same tool, as if it didn't take these arguments. */
function withoutProperties(schema: Definition['inputSchema'], names: readonly string[]): JSONSchema7 {
  const { properties = {}, required = [], ...rest } = schema as JSONSchema7;
  return {
    ...rest,
    type: 'object',
    properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name))),
    required: required.filter((name) => !names.includes(name)),
  };
}

/** The texts of a result; what a model can't read is only named. */
function outcomeOf(result: CallToolResult): ToolOutcome {
  const { content = [], isError } = result as { content?: Record<string, unknown>[]; isError?: boolean };
  const texts = content.map(({ type, text }) => (typeof text === 'string' ? text : `(${String(type)})`));
  const text = texts.join('\n') || JSON.stringify(result['structuredContent'] ?? null);
  return { kind: isError ? 'failed' : 'result', text };
}
