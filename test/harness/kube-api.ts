import { readFile } from 'node:fs/promises'
import { Pool } from 'undici'

export interface KubeRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly body?: unknown
  readonly contentType?: string
}

export interface KubeAnswer {
  readonly status: number
  readonly body: unknown
}

export interface KubeApi {
  /** Any request, any answer: nothing is an error but a lost connection. */
  readonly request: (request: KubeRequest) => Promise<KubeAnswer>
  /** The object, or an error that holds the API server's own answer. `Shape` is the caller's claim. */
  readonly get: <Shape = unknown>(path: string) => Promise<Shape>
  readonly post: <Shape = unknown>(path: string, body: object) => Promise<Shape>
  readonly mergePatch: <Shape = unknown>(path: string, patch: object) => Promise<Shape>
  readonly delete: (path: string) => Promise<void>
  readonly close: () => Promise<void>
}

export interface KubeApiTarget {
  readonly url: string
  readonly caFile: string
  readonly token: string
}

/** The test's own way to the API server: one user, keep-alive, no opinion. */
export async function connectKubeApi({ url, caFile, token }: KubeApiTarget): Promise<KubeApi> {
  const ca = await readFile(caFile, 'utf8')
  const pool = new Pool(url, { connections: 8, allowH2: false, connect: { ca } })
  const request = async ({
    method,
    path,
    body,
    contentType = 'application/json',
  }: KubeRequest): Promise<KubeAnswer> => {
    const answer = await pool.request({
      method,
      path,
      headers: { authorization: `Bearer ${token}`, 'user-agent': 'krr-mcp-test', 'content-type': contentType },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return { status: answer.statusCode, body: parsed(await answer.body.text()) }
  }
  const mustSucceed = async <Shape>(asked: KubeRequest): Promise<Shape> => {
    const { status, body } = await request(asked)
    if (status >= 300) throw new Error(`${asked.method} ${asked.path}: ${status} ${JSON.stringify(body)}`)
    return body as Shape
  }
  return {
    request,
    get: async (path) => await mustSucceed({ method: 'GET', path }),
    post: async (path, body) => await mustSucceed({ method: 'POST', path, body }),
    mergePatch: async (path, body) =>
      await mustSucceed({ method: 'PATCH', path, body, contentType: 'application/merge-patch+json' }),
    delete: async (path) => {
      await mustSucceed({ method: 'DELETE', path })
    },
    close: async () => {
      await pool.destroy()
    },
  }
}

/** /readyz and its like answer in plain text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
