import { chooseJob } from './choose-job.ts'
import type { ChosenReading } from './container-usage.ts'
import type { CountedContainer } from './points-of.ts'
import type { ReadingTable } from './reading-table.ts'

/** One reading per pod that has any, by krr's choice of job. */
export function chosenReadings({ container, pods }: CountedContainer, table: ReadingTable): readonly ChosenReading[] {
  return pods.flatMap((pod) => {
    const readings = table.of(container, pod)
    const reading = chooseJob(readings)
    return reading ? [{ ...reading, jobs: readings.length }] : []
  })
}
