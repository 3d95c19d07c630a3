import type { Scan } from '../../model/recommendation.ts'
import { krrJson } from './krr-json.ts'
import { yamlText } from './yaml-text.ts'

/** krr's `yaml`: the data of its JSON. */
export const krrYaml = (scan: Scan): string => yamlText(krrJson(scan))
