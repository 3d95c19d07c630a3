import { request } from 'undici'

export interface PrometheusSample {
  readonly metric: Readonly<Record<string, string>>
  readonly value: readonly [seconds: number, value: string]
}

/** An instant query at `time` (seconds), for tests that ask Prometheus themselves. */
export async function queryPrometheus(url: string, query: string, time: number): Promise<readonly PrometheusSample[]> {
  const parameters = new URLSearchParams({ query, time: String(time) })
  const { body } = await request(`${url}/api/v1/query?${parameters.toString()}`)
  const answer = (await body.json()) as {
    status: string
    error?: string
    data: { result: readonly PrometheusSample[] }
  }
  if (answer.status !== 'success') throw new Error(`${query}: ${answer.error}`)
  return answer.data.result
}
