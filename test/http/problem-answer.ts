import { expect } from 'vitest'

export const jsonOf = async <T>(response: Response | Promise<Response>) => (await (await response).json()) as T

interface ProblemAnswer extends Record<string, unknown> {
  errors?: { field: string; message: string }[]
}

/** Holds an answer to RFC 9457, and gives its document. */
export async function expectProblem(
  response: Response,
  status: number,
  type: string,
  fields: string[] = [],
): Promise<ProblemAnswer> {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const body = await jsonOf<ProblemAnswer>(response)
  expect(body).toMatchObject({ type, status, title: expect.any(String), detail: expect.any(String) })
  expect(response.status).toBe(status)
  expect((body.errors ?? []).map(({ field }) => field)).toEqual(fields)
  return body
}
