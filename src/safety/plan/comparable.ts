import type { KubeObject } from '../../model/observation.ts'
import { lookObject } from '../checks/look.ts'
import { CONTAINERS, templateContainers } from './pod-template.ts'

/** A copy for comparing: servers differ in whether they show a container without resources as `resources: {}` or not at all. */
export function comparable(object: KubeObject): KubeObject {
  const copy = structuredClone(object)
  for (const [index, { resources }] of templateContainers(copy).entries()) {
    const container = lookObject(copy, ...CONTAINERS, index)
    if (container && resources && Object.keys(resources).length === 0) Reflect.deleteProperty(container, 'resources')
  }
  return copy
}
