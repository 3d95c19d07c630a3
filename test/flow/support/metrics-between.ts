import type { ServerResponse } from 'node:http'
import {
  answeringServer,
  type AnsweringServer,
  type Asked,
} from '../../adapters/prometheus/support/answering-server.ts'

/** Answers one question itself (true), or leaves it to the Prometheus behind (false). */
export type StepIn = (asked: Asked, response: ServerResponse) => boolean | Promise<boolean>
export interface MetricsBetween extends AnsweringServer {
  /** Answers whose client went away before the end. */
  readonly abandoned: () => number
}

/** A server between our program and a real Prometheus: it sees every question, and may step in. */
export async function metricsBetween(prometheusUrl: string, stepIn: StepIn = () => false): Promise<MetricsBetween> {
  let abandoned = 0
  const server = await answeringServer((response, attempt) => {
    response.on('close', () => {
      if (!response.writableEnded) abandoned += 1
    })
    // Remembered before the answer is asked for.
    const question = server.asked[attempt - 1]
    if (question) void passOn(question, response)
  })
  async function passOn(question: Asked, response: ServerResponse): Promise<void> {
    if (await stepIn(question, response)) return
    const answer = await fetch(`${prometheusUrl}${question.path}`, { method: 'POST', body: question.form })
    const body = await answer.text()
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(body)
  }
  return { ...server, abandoned: () => abandoned }
}

/** What a scan asks only once it is serious: whole windows of samples. */
export const isHeavy = ({ form }: Asked): boolean =>
  /quantile_over_time|max_over_time\(|count_over_time\((max|container)/.test(form.get('query') ?? '')
export const queryOf = ({ form }: Asked): string => form.get('query') ?? ''
