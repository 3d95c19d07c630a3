import { MEBIBYTE } from '../../model/quantity.ts'
import { pythonMax } from './python-max.ts'

/** The lowest values that are ever recommended, in krr's units: millicores and MiB. */
export interface Minimums {
  readonly cpuMin: number
  readonly memoryMin: number
}

/** Cores, up to whole millicores, at least the minimum (reference: krr's runner). NaN stays NaN. */
export const roundUpCpu = (cores: number, { cpuMin }: Minimums): number =>
  Number.isNaN(cores) ? cores : pythonMax(Math.ceil(cores * 1000) / 1000, (1 / 1000) * cpuMin)

/** Bytes, up to whole MiB, at least the minimum. NaN stays NaN. */
export const roundUpMemory = (bytes: number, { memoryMin }: Minimums): number =>
  Number.isNaN(bytes) ? bytes : pythonMax(Math.ceil(bytes * (1 / MEBIBYTE)) / (1 / MEBIBYTE), MEBIBYTE * memoryMin)
