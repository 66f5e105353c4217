// Tools of MCP servers, for a language model. Connections are made when first needed, shared by all turns, and
// closed with the agent.
import { createMCPClient, type ListToolsResult, type MCPClient } from '@ai-sdk/mcp';
import type { ToolSet } from 'ai';
import type { AgentParts, McpServerOptions } from '../../agent-options.ts';
import type { AgentTurn } from '../../ports/chat-agent.ts';

/** A server that couldn't be reached is left alone for so long. */
const restMs = 30_000;

interface Connection {
  client: MCPClient;
  definitions: ListToolsResult;
}

interface McpParts extends AgentParts {
  connectTimeoutMs: number;
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
  async forTurn(facts: AgentTurn['session']['context']): Promise<ToolSet> {
    const sets = await Promise.all(this.#servers.map((server) => this.#toolsOf(server, facts)));
    return Object.assign({}, ...sets);
  }

  /** Closes every connection. */
  async close(): Promise<void> {
    const connections = await Promise.all(this.#connections.values());
    this.#connections.clear();
    await Promise.all(connections.flatMap((connection) => (connection ? [connection.client.close()] : [])));
  }

  async #toolsOf(server: McpServerOptions, facts: AgentTurn['session']['context']): Promise<ToolSet> {
    const connection = await this.#connected(server);
    if (!connection) return {};
    const hidden = server.context ?? [];
    const known = Object.fromEntries(hidden.filter((name) => name in facts).map((name) => [name, facts[name]]));
    const visible = withoutArguments(connection.definitions, hidden);
    const tools = Object.entries(connection.client.toolsFromDefinitions(visible)).map(([name, tool]) => {
      const execute = async (...[input, options]: Parameters<typeof tool.execute>): Promise<unknown> => {
        try {
          return await tool.execute({ ...(input as object), ...known }, options);
        } catch (error) {
          if (!options?.abortSignal?.aborted) this.#forget(server, error);
          throw error;
        }
      };
      return [`${server.name}_${name}`.replace(/[^\w-]/g, '_').slice(0, 64), { ...tool, execute }];
    });
    return Object.fromEntries(tools);
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
    const { connectTimeoutMs: timeout, fetch = globalThis.fetch } = this.#parts;
    const client = await createMCPClient({
      transport: { type: 'http', url, headers, fetch },
      clientName: 'parley',
      initializationOptions: { timeout },
    });
    const definitions = await client.listTools({ options: { timeout } });
    for (let page = definitions; page.nextCursor !== undefined;) {
      page = await client.listTools({ params: { cursor: page.nextCursor }, options: { timeout } });
      definitions.tools.push(...page.tools);
    }
    return { client, definitions };
  }

  // A server that no longer knows us, or has gone, is connected to afresh by the next turn.
  #forget(server: McpServerOptions, error: unknown): void {
    const answered = error instanceof Error && 'code' in error && error.code !== undefined;
    if (!answered) this.#connections.delete(server.name);
  }
}

/** The same tools, as if they didn't take these arguments. */
function withoutArguments(definitions: ListToolsResult, names: readonly string[]): ListToolsResult {
  if (names.length === 0) return definitions;
  const tools = definitions.tools.map((tool) => {
    const { properties = {}, required } = tool.inputSchema as { properties?: object; required?: string[] };
    const left = Object.entries(properties).filter(([name]) => !names.includes(name));
    return {
      ...tool,
      inputSchema: {
        ...tool.inputSchema,
        properties: Object.fromEntries(left),
        ...(required && { required: required.filter((name) => !names.includes(name)) }),
      },
    };
  });
  return { ...definitions, tools };
}
