import type { Reading } from './reading.ts'

/** Where several scrape jobs saw a pod, krr takes the kubelet's, else the first by name. */
export const chooseJob = (readings: readonly Reading[]): Reading | undefined =>
  readings.find((reading) => reading.job === 'kubelet') ??
  readings.reduce<Reading | undefined>((first, next) => (first && first.job <= next.job ? first : next), undefined)
