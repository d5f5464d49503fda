import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
import { Hono } from 'hono'
import { AppError } from '../errors.ts'
import { takeFrom } from '../http/limit.ts'
import { problemResponse } from '../http/problem.ts'
import { showsKey } from '../key/keyring.ts'
import type { Ports } from '../ports.ts'
import { CAVEATS, TOOLS } from './tools.ts'

/** Asks the API of this very process. */
export type Ask = (request: Request, ports: Ports) => Promise<Response>

/**
 * `/mcp`: the reads of the API as tools of the Model Context Protocol, over its streamable HTTP. Stateless: each request is
 * answered by itself with JSON, so that any replica answers any request.
 */
export function mcpRoutes(ask: Ask) {
  return new Hono<{ Bindings: Ports }>()
    .post('/', async (c) => {
      const { env: ports, req } = c
      // A message that asks for nothing of the API must cost something too.
      if (!showsKey(req.raw)) await takeFrom(ports.limiter, 'read', ports.clientKey(req.raw))
      const server = serverFor(req.raw, ports, ask)
      const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true })
      await server.connect(transport)
      const response = await transport.handleRequest(req.raw)
      response.headers.set('cache-control', 'no-store')
      response.headers.set('access-control-allow-origin', '*')
      return response
    })
    .on(['GET', 'DELETE'], '/', () => {
      const response = problemResponse(
        new AppError('method-not-allowed', 'This server keeps no sessions: POST each message to /mcp.'),
      )
      response.headers.set('allow', 'POST')
      return response
    })
}

function serverFor(request: Request, ports: Ports, ask: Ask): McpServer {
  const server = new McpServer({ name: 'outcry', title: 'Outcry', version: '1' }, { instructions: CAVEATS })
  const client = ports.clientKey(request)
  const authorization = request.headers.get('authorization')
  for (const { name, title, description, input, path } of TOOLS)
    server.registerTool(
      name,
      { title, description, inputSchema: input, annotations: { readOnlyHint: true, openWorldHint: false } },
      async (given: Record<string, unknown>) => {
        const inner = new Request(new URL(path(given), request.url), {
          headers: authorization === null ? {} : { authorization },
        })
        // The limit is that of who asked us, and the request made here has no address of its own.
        const response = await ask(inner, { ...ports, clientKey: () => client })
        const text = await response.text()
        return {
          content: [{ type: 'text' as const, text: response.ok ? `${CAVEATS}\n\n${text}` : text }],
          isError: !response.ok,
        }
      },
    )
  return server
}
